package dev.sobre.mail.archive;

import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that Dovecot keeps in a Maildir folder: UIDs and keywords. */
final class Dovecot {

    static final String UID_LIST = "dovecot-uidlist";
    static final String KEYWORDS = "dovecot-keywords";

    private static final int MOST_KEYWORDS = 26;

    private Dovecot() {}

    /** Makes the list of UIDs (version 3) of what the folder's journal names. */
    static void writeUidList(Path folder, Numbering numbers) throws IOException {
        Path unfinished = folder.resolve(UID_LIST + ".tmp");
        try (var out = OutFile.create(unfinished);
                var journal = Journal.reader(folder.resolve(Journal.FILE))) {
            line(out, "3 V" + numbers.uidValidity() + " N" + numbers.uidNext());
            for (String line = journal.line(); line != null; line = journal.line()) {
                var entry = Journal.Entry.parse(line);
                if (entry.isEmpty()) continue;
                // P: the unique id that our POP3 gives, for Dovecot to give too.
                String fields =
                        entry.get().uid()
                                + " W"
                                + entry.get().octets()
                                + " P"
                                + entry.get().email().text();
                line(out, fields + " :" + Journal.base(line));
            }
            out.sync();
        }
        Folders.name(unfinished, folder.resolve(UID_LIST));
    }

    static void writeKeywords(Path folder, List<String> keywords) throws IOException {
        if (keywords.isEmpty()) return;
        Path unfinished = folder.resolve(KEYWORDS + ".tmp");
        try (var out = OutFile.create(unfinished)) {
            for (int i = 0; i < keywords.size(); i++) line(out, i + " " + keywords.get(i));
            out.sync();
        }
        Folders.name(unfinished, folder.resolve(KEYWORDS));
    }

    /** The keywords of the letters from {@code a} on; empty ones where there is none. */
    static List<String> readKeywords(Path folder) throws IOException {
        List<String> keywords = new ArrayList<>();
        Path path = folder.resolve(KEYWORDS);
        if (!Folders.isFile(path)) return keywords;
        try (var lines = Lines.of(path)) {
            for (String line = lines.line(); line != null; line = lines.line()) {
                int space = line.indexOf(' ');
                if (space < 1 || space > 2 || !line.substring(0, space).matches("[0-9]+")) continue;
                int at = Integer.parseInt(line.substring(0, space));
                if (at >= MOST_KEYWORDS) continue;
                while (keywords.size() <= at) keywords.add("");
                keywords.set(at, line.substring(space + 1));
            }
        }
        return keywords;
    }

    private static void line(OutFile out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
