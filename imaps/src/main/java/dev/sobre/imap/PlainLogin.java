package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LOGIN: a user name and a password, which TLS has covered. RFC 3501 §6.2.3. */
record PlainLogin(Credentials credentials) implements Command<State.NotAuthenticated> {

    private static final Logger LOG = LoggerFactory.getLogger(PlainLogin.class);

    static PlainLogin parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String user = in.astring();
        in.space();
        String password = in.astring();
        in.endOfLine();
        return new PlainLogin(new Credentials.Password(user, password));
    }

    @Override
    public Reply run(State.NotAuthenticated state, ImapWriter out) {
        // RFC 3501 §6.2.3: LOGINDISABLED. It is no better than AUTH=PLAIN, and goes with it.
        if (!state.client().mechanisms().takePasswords()) {
            return Reply.no("CANNOT", "LOGIN is switched off; AUTHENTICATE, as CAPABILITY says");
        }
        return verify(state.client(), credentials);
    }

    /** Asks the authenticator; shared with AUTHENTICATE. */
    static Reply verify(Client client, Credentials credentials) {
        var peer = client.connection().remote().getAddress();
        var authenticator = client.service().authenticator();
        if (authenticator.mayBlock()) client.connection().stepAside();
        return switch (authenticator.verify(credentials, peer)) {
            case Verdict.Granted granted -> {
                client.loggedIn(granted.account());
                yield Reply.ok("you are logged in")
                        .code(Feature.announcement(client))
                        .then(new State.Authenticated(new Login(client, granted.account())));
            }
            // RFC 5530 §3: the same words whether the user or the password is wrong.
            case Verdict.Denied denied -> denied(client, "the user name or the password is wrong");
            case Verdict.Unavailable(String reason) -> {
                LOG.warn("a login could not be checked: {}", reason);
                yield Reply.no("UNAVAILABLE", "logins can't be checked just now, try again");
            }
            case Verdict.PutOff putOff ->
                    Reply.no(
                            "UNAVAILABLE",
                            "too many wrong passwords came from your address, try again later");
        };
    }

    static Reply denied(Client client, String why) {
        client.connection().loginRefused();
        return Reply.no("AUTHENTICATIONFAILED", why);
    }
}
