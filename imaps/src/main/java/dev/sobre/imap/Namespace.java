package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/** NAMESPACE: all mailboxes are the user's own, without a prefix. RFC 2342. */
record Namespace() implements Command<State.LoggedIn> {

    static Namespace parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Namespace();
    }

    @Override
    public Reply run(State.LoggedIn state, ImapWriter out) throws IOException {
        out.put("* NAMESPACE ((\"\" \"/\")) NIL NIL").endLine();
        return Reply.ok("NAMESPACE completed");
    }
}
