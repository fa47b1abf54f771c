package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/** LOGOUT: the end. RFC 3501 §6.1.3. */
record Logout() implements Command<State> {

    static Logout parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Logout();
    }

    @Override
    public Reply run(State state, ImapWriter out) throws IOException {
        out.put("* BYE see you").endLine();
        return Reply.ok("LOGOUT completed").then(new State.LoggedOut(state.client()));
    }
}
