package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keywords of the selected mailbox that the client was told of (RFC 3501 §7.2.6). */
final class KeywordsTold {

    private final boolean readOnly;
    private final Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    KeywordsTold(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Tells of the keywords a mailbox has when it is selected. */
    void introduce(Collection<String> present, ImapWriter out) throws IOException {
        keywords.addAll(present);
        write(out);
    }

    /** Tells of keywords that are new in this mailbox, before they are used. */
    void learn(Flags flags, ImapWriter out) throws IOException {
        if (!flags.keywords().isEmpty() && keywords.addAll(flags.keywords())) write(out);
    }

    private void write(ImapWriter out) throws IOException {
        List<String> words = Flags.of(Flag.values()).plus(Flags.of(0, keywords)).words();
        out.put("* FLAGS ").list(words).endLine();
        out.put("* OK [PERMANENTFLAGS ");
        if (readOnly) {
            out.put("()] nothing can be changed").endLine();
        } else {
            words.add("\\*"); // RFC 3501 §7.1: new keywords can be made
            out.list(words).put("] these are kept").endLine();
        }
    }
}
