package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a small file beside the log says of its end, so that a lost end is noticed: while a process
 * writes, which segment it began last; after a clean end, the number of the last commit.
 */
final class LogEnd {

    private static final String FILE = "END";
    private static final Pattern FORM = Pattern.compile("(segment|commit) (\\d{1,18})\n");
    private static final long LONGEST = 64;

    private final Path root;
    final Path file;

    LogEnd(Path root) {
        this.root = root;
        this.file = root.resolve(FILE);
    }

    /** A segment was begun, and its name is durable. */
    void began(long segment) throws IOException {
        write("segment " + segment);
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
     * @param retired up to which number segments may have gone because nothing needed them
     */
    Optional<String> problem(CommitPoint last, Segments segments, long retired) throws IOException {
        if (!Files.exists(file) || Files.size(file) > LONGEST) return Optional.empty();
        var said = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!said.matches()) return Optional.empty();
        long number = Long.parseLong(said.group(2));
        if (said.group(1).equals("commit")) {
            if (last.number() >= number) return Optional.empty();
            return Optional.of(
                    "the last commit that is known is %d, but there were %d"
                            .formatted(last.number(), number));
        }
        if (number <= retired || Files.exists(segments.find(number))) return Optional.empty();
        return Optional.of(
                "the newest segment, %s, is missing, and the commits with it"
                        .formatted(Segments.name(number)));
    }

    private void write(String text) throws IOException {
        Home.write(root, FILE, text + "\n");
    }
}
