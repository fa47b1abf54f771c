package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** LSUB: the subscribed names that match a pattern. RFC 3501 §6.3.9. */
record Lsub(String reference, String pattern) implements Command<LoggedIn> {

    static Lsub parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String reference = in.mailbox();
        in.space();
        String pattern = in.listMailbox();
        in.endOfLine();
        return new Lsub(reference, pattern);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        var wanted = ListPattern.of(reference, pattern);
        state.client().goThrough(wanted.cost());
        Map<String, String> found = new TreeMap<>(); // name to attributes
        for (Mailbox mailbox : state.login().mailboxes()) {
            if (!mailbox.subscribed()) continue;
            if (wanted.matches(mailbox.name())) found.put(mailbox.name(), attribute(mailbox));
            else if (wanted.endsInLevel()) addParent(mailbox.name(), wanted, found);
        }
        for (var line : found.entrySet()) {
            out.put("* LSUB (").put(line.getValue()).put(") \"/\" ");
            out.mailbox(line.getKey()).endLine();
        }
        return Reply.ok("LSUB completed");
    }

    private static String attribute(Mailbox mailbox) {
        return mailbox.exists() ? "" : "\\Noselect";
    }

    /**
     * RFC 3501 §6.3.9: where {@code foo/bar} is subscribed and the pattern is {@code %}, {@code
     * foo} is shown with \Noselect.
     */
    private static void addParent(String name, ListPattern wanted, Map<String, String> found) {
        int slash = name.lastIndexOf(Mailbox.SEPARATOR);
        while (slash > 0) {
            String parent = name.substring(0, slash);
            if (wanted.matches(parent)) found.putIfAbsent(parent, "\\Noselect");
            slash = name.lastIndexOf(Mailbox.SEPARATOR, slash - 1);
        }
    }
}
