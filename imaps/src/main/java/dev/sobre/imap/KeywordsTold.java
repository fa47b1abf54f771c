package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Rights;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keywords of the selected mailbox that the client was told of (RFC 3501 §7.2.6). */
final class KeywordsTold {

    private final Rights rights;
    private final Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /** Is told what the client may change here. */
    KeywordsTold(Rights rights) {
        this.rights = rights;
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
        Flags all = Flags.of(Flag.values()).plus(Flags.of(0, keywords));
        out.put("* FLAGS ").list(all.words()).endLine();
        // RFC 4314 §5.1.1: what this user may change.
        List<String> words = rights.permitted(all).words();
        if (rights.has('w')) words.add("\\*"); // RFC 3501 §7.1: new keywords can be made
        String text = words.isEmpty() ? "] nothing can be changed" : "] these are kept";
        out.put("* OK [PERMANENTFLAGS ").list(words).put(text).endLine();
    }
}
