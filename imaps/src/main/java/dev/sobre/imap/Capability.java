package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/** CAPABILITY: what this server can do. RFC 3501 §6.1.1. */
record Capability() implements Command<State> {

    static Capability parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Capability();
    }

    @Override
    public Reply run(State state, ImapWriter out) throws IOException {
        out.put("* ").put(Feature.announcement(state.client())).endLine();
        return Reply.ok("CAPABILITY completed");
    }
}
