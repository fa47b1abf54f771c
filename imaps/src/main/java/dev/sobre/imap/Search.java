package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchStopped;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * SEARCH and UID SEARCH: the messages for which a condition holds. RFC 3501 §6.4.4.
 *
 * @param charset of the strings, as the client named it
 */
record Search(String charset, SearchProgram program, boolean uids) implements Command<Selected> {

    private static final Set<String> CHARSETS = Set.of("UTF-8", "US-ASCII");

    static Search parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Search parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Search parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        String charset = "US-ASCII";
        if (in.takeWord("CHARSET")) {
            in.space();
            charset = in.astring().toUpperCase(Locale.ROOT);
            in.space();
        }
        if (!CHARSETS.contains(charset)) {
            return new Search(charset, view -> new SearchKey.All(), uids);
        }
        var program = SearchProgram.all(in);
        in.endOfLine();
        return new Search(charset, program, uids);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        if (!CHARSETS.contains(charset)) {
            return Reply.no("BADCHARSET (UTF-8 US-ASCII)", "SEARCH does not know that charset");
        }
        MailboxView view = state.view();
        UidSet found;
        try {
            found = found(state, program.in(view));
        } catch (SearchStopped e) {
            return Reply.no("LIMIT", String.valueOf(e.getMessage()));
        }
        out.put("* SEARCH");
        for (var each = found.iterator(); each.hasNext(); ) {
            long uid = each.nextLong();
            out.put(' ').number(uids ? uid : view.sequence(uid));
        }
        out.endLine();
        return Reply.ok("SEARCH completed");
    }

    /** Nobody waits for the answer once the connection is closed. */
    private static UidSet found(Selected state, SearchKey key) {
        MailboxView view = state.view();
        MailboxIndex now = view.now();
        var client = state.client();
        return client.service()
                .search()
                .find(view.id(), now, view.told(now), key, () -> !client.connection().isOpen());
    }
}
