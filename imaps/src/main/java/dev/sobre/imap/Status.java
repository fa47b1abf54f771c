package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** STATUS: the counters of a mailbox that need not be selected. RFC 9051 §6.3.11. */
record Status(String mailbox, List<StatusItem> items) implements Command<LoggedIn> {

    static Status parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        List<StatusItem> items = items(in);
        in.endOfLine();
        return new Status(mailbox, items);
    }

    /** A parenthesised list of items, one at least. */
    static List<StatusItem> items(ImapReader in) throws BadMessage {
        in.expect('(');
        Set<StatusItem> items = new LinkedHashSet<>();
        do items.add(StatusItem.parse(in));
        while (in.take(' '));
        in.expect(')');
        return List.copyOf(items);
    }

    static void requireOffered(List<StatusItem> items, Client client) throws BadMessage {
        for (StatusItem item : items) {
            if (!item.isOffered(client)) throw StatusItem.unknown();
        }
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        requireOffered(items, state.client());
        Optional<Mailbox> found = state.login().find(mailbox, 'r');
        if (found.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        if (items.contains(StatusItem.HIGHESTMODSEQ)) {
            // RFC 7162 §3.1: asking for it is as good as ENABLE.
            if (state instanceof State.Selected s) s.view().enableCondstore(out);
            else state.client().enable(Extension.CONDSTORE);
        }
        write(mailbox, new StatusItem.Look(state.client(), found.get().id()), items, out);
        return Reply.ok("STATUS completed");
    }

    /** The untagged answer. */
    static void write(String name, StatusItem.Look look, List<StatusItem> items, ImapWriter out)
            throws IOException {
        out.put("* STATUS ").mailbox(name);
        String before = " (";
        for (StatusItem item : items) {
            out.put(before).put(item.word()).put(' ');
            item.write(look, out);
            before = " ";
        }
        out.put(')').endLine();
    }
}
