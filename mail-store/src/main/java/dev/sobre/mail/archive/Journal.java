package dev.sobre.mail.archive;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The file in a Maildir folder that says, a line for each message and in the order of UIDs, what
 * file names and times can't hold: exact dates, identities, and keywords beyond the 26 that have
 * letters.
 */
final class Journal implements AutoCloseable {

    static final String FILE = "sobre-messages";

    private static final int LETTERS = 26;
    private static final int FIELDS = 6;

    /**
     * A line.
     *
     * @param octets in CRLF form
     */
    record Entry(
            long uid,
            Instant date,
            Instant saved,
            EmailId email,
            long octets,
            List<String> keywords) {

        static Entry of(Message m) {
            var keywords = List.copyOf(m.flags().keywords());
            return new Entry(
                    m.uid(), m.internalDate(), m.savedDate(), m.emailId(), m.size(), keywords);
        }

        /** Reads a line; nothing where it is not whole. */
        static Optional<Entry> parse(String line) {
            String[] part = line.split(" ");
            if (part.length < FIELDS) return Optional.empty();
            try {
                return Optional.of(
                        new Entry(
                                Long.parseLong(part[0]),
                                Instant.ofEpochMilli(Long.parseLong(part[1])),
                                Instant.ofEpochSecond(Long.parseLong(part[2])),
                                emailId(part[3]),
                                Long.parseLong(part[4]),
                                List.copyOf(Arrays.asList(part).subList(FIELDS, part.length))));
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        }

        private String line(String file) {
            String fields =
                    String.join(
                            " ",
                            Long.toString(uid),
                            Long.toString(date.toEpochMilli()),
                            Long.toString(saved.getEpochSecond()),
                            email.text(),
                            Long.toString(octets),
                            file);
            return keywords.isEmpty() ? fields : fields + " " + String.join(" ", keywords);
        }
    }

    private final OutFile file;
    private final List<String> lettered;
    private long lastUid;

    private Journal(OutFile file, List<String> lettered, long lastUid) {
        this.file = file;
        this.lettered = lettered;
        this.lastUid = lastUid;
    }

    /** Opens the journal of a folder at its end; a torn last line is cut off. */
    static Journal open(Path folder) throws IOException {
        Path path = folder.resolve(FILE);
        List<String> lettered = new ArrayList<>();
        long lastUid = 0;
        long whole = 0;
        if (Files.exists(path)) {
            try (var lines = reader(path)) {
                for (String line = lines.line(); line != null; line = lines.line()) {
                    var entry = Entry.parse(line);
                    if (entry.isEmpty()) break;
                    lastUid = entry.get().uid;
                    entry.get().keywords.forEach(k -> letter(lettered, k));
                    whole += line.getBytes(StandardCharsets.UTF_8).length + 1;
                }
            }
        }
        var file = OutFile.append(path);
        if (whole < file.position()) file.backTo(whole);
        return new Journal(file, lettered, lastUid);
    }

    static Lines reader(Path path) throws IOException {
        return Lines.of(path);
    }

    /** The file that a line names, without what changes. */
    static String base(String line) {
        return MaildirFile.base(line.split(" ", FIELDS + 1)[FIELDS - 1]);
    }

    static EmailId emailId(String text) {
        if (text.length() != 33 || text.charAt(0) != 'M') {
            throw new IllegalArgumentException("not an email id");
        }
        return new EmailId(
                HexFormat.fromHexDigitsToLong(text, 1, 17),
                HexFormat.fromHexDigitsToLong(text, 17, 33));
    }

    long lastUid() {
        return lastUid;
    }

    /** The keywords that have letters, the first of them {@code a}. */
    List<String> keywords() {
        return lettered;
    }

    /** The letters of flags; a keyword that is new gets one while there are some. */
    String letters(Flags flags) {
        var letters = new ArrayList<Character>();
        for (String keyword : flags.keywords()) {
            int at = letter(lettered, keyword);
            if (at >= 0) letters.add((char) ('a' + at));
        }
        letters.sort(null);
        var all = new StringBuilder(MaildirFile.letters(flags));
        letters.forEach(all::append);
        return all.toString();
    }

    private static int letter(List<String> lettered, String keyword) {
        int at = lettered.indexOf(keyword);
        if (at >= 0 || lettered.size() == LETTERS) return at;
        lettered.add(keyword);
        return lettered.size() - 1;
    }

    void add(Entry entry, String name) throws IOException {
        file.write((entry.line(name) + "\n").getBytes(StandardCharsets.UTF_8));
        lastUid = entry.uid;
    }

    void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
