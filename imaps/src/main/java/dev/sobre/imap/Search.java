package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.List;

/** SEARCH and UID SEARCH: the messages for which a condition holds. RFC 3501 §6.4.4; RFC 4731. */
record Search(SearchRequest request) implements Command<Selected> {

    static Search parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Search parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Search parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        var returns = ReturnOptions.parse(in);
        var program = SearchProgram.parse(in);
        return new Search(new SearchRequest(in.lastTag(), uids, returns, List.of(), program));
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws BadMessage, IOException {
        boolean rev2 = state.client().has(Extension.IMAP4REV2);
        return (rev2 ? request.extended() : request).run("SEARCH", state, out);
    }
}
