package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;

/** UNAUTHENTICATE: another user may log in on the same connection. RFC 8437. */
record Unauthenticate() implements Command<LoggedIn> {

    static Unauthenticate parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Unauthenticate();
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        Client client = state.client();
        client.loggedOut();
        return Reply.ok("log in again")
                .code(Feature.announcement(client))
                .then(new State.NotAuthenticated(client));
    }
}
