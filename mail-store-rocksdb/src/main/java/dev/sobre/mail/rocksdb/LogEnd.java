package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a small file beside the log says of its end, so that a lost end is noticed: while a process
 * writes, which segment it began last, and its secret; after a clean end, the number of the last
 * commit.
 */
final class LogEnd {

    private static final Logger LOG = LoggerFactory.getLogger(LogEnd.class);
    static final String FILE = "END";
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
    long secret(long segment) {
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
        return lost(segments, number, last)
                .map(
                        how ->
                                "the newest segment, %s, is %s, and the commits with it"
                                        .formatted(Segments.name(number), how));
    }

    /** How commits of a segment may be lost, after the last one that is known. */
    private static Optional<String> lost(Segments segments, long newest, CommitPoint last)
            throws IOException {
        if (!Files.exists(segments.find(newest))) return Optional.of("missing");
        try (var scan = segments.scan(newest)) {
            boolean known = newest == last.segment();
            scan.from(known ? last.offset() : SegmentFormat.FILE_HEAD);
            boolean more = true;
            while (more) more = scan.search().isPresent();
            long from = known ? last.offset() : 0;
            if (scan.unreadable() >= from) return Optional.of("not readable to its end");
            return scan.isDefaced() ? Optional.of("damaged where it begins") : Optional.empty();
        }
    }

    /** Whether the file is there and says nothing that can be believed. */
    boolean isDamaged() {
        if (!Files.exists(file)) return false;
        var said = said();
        if (!said.hasMatch()) return true;
        String sum = said.group(5); // older ones have none
        return sum != null && !sum.equals(sum(said.group(1)));
    }

    private Matcher said() {
        var said = FORM.matcher(text());
        return said.matches() ? said : said.reset();
    }

    private String text() {
        try {
            boolean known = Files.size(file) <= LONGEST;
            return known ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            LOG.warn("{} can't be read", file, e);
            return "";
        }
    }

    private void write(String text) throws IOException {
        Home.write(root, FILE, text + " " + sum(text) + "\n");
    }

    private static String sum(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return "%08x".formatted(SegmentFormat.crc(octets, 0, octets.length));
    }
}
