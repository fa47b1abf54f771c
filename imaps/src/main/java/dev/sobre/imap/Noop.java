package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;

/** NOOP: an occasion to hear news. RFC 3501 §6.1.2. */
record Noop() implements Command<State> {

    static Noop parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Noop();
    }

    @Override
    public Reply run(State state, ImapWriter out) {
        return Reply.ok("NOOP completed");
    }
}
