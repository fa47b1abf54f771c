package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * LIST: the mailboxes that match a pattern, with \HasChildren (RFC 3348) and their special use. RFC
 * 3501 §6.3.8; of the extended form what RFC 6154 §2 needs: {@code LIST (SPECIAL-USE) …} and {@code
 * … RETURN (SPECIAL-USE)}.
 *
 * @param specialOnly only mailboxes that have a special use
 */
record ListMailboxes(String reference, String pattern, boolean specialOnly)
        implements Command<LoggedIn> {

    private static final Set<String> RETURNED = Set.of("SPECIAL-USE", "CHILDREN");

    static ListMailboxes parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        boolean specialOnly = false;
        if (in.isNext('(')) {
            specialOnly = options(in, Set.of("SPECIAL-USE"));
            in.space();
        }
        String reference = in.mailbox();
        in.space();
        String pattern = in.listMailbox();
        if (in.take(' ')) {
            if (!in.keyword().equals("RETURN")) throw new BadMessage("RETURN is missing");
            in.space();
            options(in, RETURNED); // they are given anyway
        }
        in.endOfLine();
        return new ListMailboxes(reference, pattern, specialOnly);
    }

    /** Reads a list of options; whether there was any. */
    private static boolean options(ImapReader in, Set<String> known) throws BadMessage {
        in.expect('(');
        if (in.take(')')) return false;
        do {
            if (!known.contains(in.keyword())) throw new BadMessage("LIST knows no such option");
        } while (in.take(' '));
        in.expect(')');
        return true;
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        if (pattern.isEmpty()) {
            // RFC 3501 §6.3.8: asks for the separator and the root of the reference.
            out.put("* LIST (\\Noselect) \"/\" \"\"").endLine();
            return Reply.ok("LIST completed");
        }
        var wanted = ListPattern.of(reference, pattern);
        List<Mailbox> all = state.login().mailboxes();
        Set<String> parents = parents(all);
        for (Mailbox mailbox : all) {
            boolean parent = parents.contains(mailbox.name());
            if (!mailbox.exists() && !parent) continue; // only subscribed
            if (specialOnly && mailbox.use().isEmpty()) continue;
            if (!wanted.matches(mailbox.name())) continue;
            out.put("* LIST ").list(attributes(mailbox, parent)).put(" \"/\" ");
            out.mailbox(mailbox.name()).endLine();
        }
        return Reply.ok("LIST completed");
    }

    private static List<String> attributes(Mailbox mailbox, boolean parent) {
        List<String> attributes = new ArrayList<>(3);
        if (!mailbox.exists()) attributes.add("\\Noselect");
        attributes.add(parent ? "\\HasChildren" : "\\HasNoChildren");
        mailbox.use().ifPresent(use -> attributes.add(use.attribute()));
        return attributes;
    }

    /** All names that have existing mailboxes below them. */
    private static Set<String> parents(List<Mailbox> all) {
        Set<String> parents = new HashSet<>();
        for (Mailbox mailbox : all) {
            if (!mailbox.exists()) continue;
            String name = mailbox.name();
            int slash = name.lastIndexOf(Mailbox.SEPARATOR);
            while (slash > 0 && parents.add(name.substring(0, slash))) {
                slash = name.lastIndexOf(Mailbox.SEPARATOR, slash - 1);
            }
        }
        return parents;
    }
}
