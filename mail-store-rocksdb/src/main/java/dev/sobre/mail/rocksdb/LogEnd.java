package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a small file beside the log says of its end, so that a lost end is noticed: while a process
 * writes, which segment it began last, and its secret; after a clean end, the number of the last
 * commit.
 */
final class LogEnd {

    private static final String FILE = "END";
    private static final Pattern FORM =
            Pattern.compile(
                    "((segment|commit) (\\d{1,18})(?: secret ([0-9a-f]{16}))?)(?: ([0-9a-f]{8}))?\n");
    private static final long LONGEST = 64;

    private final Path root;
    final Path file;

    LogEnd(Path root) {
        this.root = root;
        this.file = root.resolve(FILE);
    }

    /** A segment was begun, and its name is durable. */
    void began(long segment, long secret) throws IOException {
        write("segment %d secret %016x".formatted(segment, secret));
    }

    /** The secret of a segment, if it is the one that was begun last; no other's is known. */
    long secret(long segment) throws IOException {
        if (!Files.exists(file) || isDamaged()) return SegmentFormat.NO_SECRET;
        var said = said();
        String secret = said.group(4); // older versions did not note it
        boolean its = said.group(2).equals("segment") && Long.parseLong(said.group(3)) == segment;
        if (!its || secret == null) return SegmentFormat.NO_SECRET;
        return Long.parseUnsignedLong(secret, 16);
    }

    /** There will be no commit after this one. */
    void closed(CommitPoint last) throws IOException {
        write("commit " + last.number());
    }

    /** The end is where it is: what was lost is known to be. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * What is missing at the end of the log, in plain words.
     *
     * @param last the last commit of which anything is known
     */
    Optional<String> problem(CommitPoint last, Segments segments) throws IOException {
        if (!Files.exists(file) || isDamaged()) return Optional.empty();
        var said = said();
        long number = Long.parseLong(said.group(3));
        if (said.group(2).equals("commit")) {
            if (last.number() >= number) return Optional.empty();
            return Optional.of(
                    "the last commit that is known is %d, but there were %d"
                            .formatted(last.number(), number));
        }
        // A compaction can't have removed it: what says so is a commit, and begins another.
        boolean gone = !Files.exists(segments.find(number));
        if (!gone && !isDefaced(segments, number, last)) return Optional.empty();
        return Optional.of(
                "the newest segment, %s, is %s, and the commits with it"
                        .formatted(
                                Segments.name(number),
                                gone ? "missing" : "damaged where it begins"));
    }

    private static boolean isDefaced(Segments segments, long newest, CommitPoint last)
            throws IOException {
        try (var scan = segments.scan(newest)) {
            scan.from(SegmentFormat.FILE_HEAD);
            if (scan.number == last.segment()) scan.from(last.offset());
            return scan.isDefaced();
        }
    }

    /** Whether the file is there and says nothing that can be believed. */
    boolean isDamaged() throws IOException {
        if (!Files.exists(file)) return false;
        var said = said();
        if (!said.hasMatch()) return true;
        String sum = said.group(5); // older ones have none
        return sum != null && !sum.equals(sum(said.group(1)));
    }

    private Matcher said() throws IOException {
        boolean known = Files.size(file) <= LONGEST;
        String text = known ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        var said = FORM.matcher(text);
        return said.matches() ? said : said.reset();
    }

    private void write(String text) throws IOException {
        Home.write(root, FILE, text + " " + sum(text) + "\n");
    }

    private static String sum(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return "%08x".formatted(SegmentFormat.crc(octets, 0, octets.length));
    }
}
