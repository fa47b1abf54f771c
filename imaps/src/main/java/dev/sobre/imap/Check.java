package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;

/** CHECK: a checkpoint, of which there is nothing to do, as all is durable. RFC 3501 §6.4.1. */
record Check() implements Command<State.Selected> {

    static Check parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Check();
    }

    @Override
    public Reply run(State.Selected state, ImapWriter out) {
        return Reply.ok("CHECK completed");
    }
}
