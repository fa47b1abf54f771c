package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/**
 * NAMESPACE: the user's own mailboxes are without a prefix, those of others below {@link
 * OtherUsers#ROOT}. RFC 2342.
 */
record Namespace() implements Command<State.LoggedIn> {

    static Namespace parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Namespace();
    }

    @Override
    public Reply run(State.LoggedIn state, ImapWriter out) throws IOException {
        boolean shared = state.client().offers(Feature.ACL);
        String others = shared ? "((\"" + OtherUsers.ROOT + "/\" \"/\"))" : "NIL";
        out.put("* NAMESPACE ((\"\" \"/\")) ").put(others).put(" NIL").endLine();
        return Reply.ok("NAMESPACE completed");
    }
}
