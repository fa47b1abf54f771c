package dev.sobre.pop3;

import dev.sobre.mail.Credentials;
import java.util.Set;
import org.apache.james.protocols.api.Response;

/** USER and PASS. RFC 1939 §7. */
final class UserPass {

    private UserPass() {}

    /** USER: says who wants to log in. */
    static final class User extends Verb {
        User() {
            super("USER");
        }

        @Override
        Set<String> capabilities(Pop3Session session) {
            return Set.of("USER");
        }

        @Override
        Response run(Pop3Session session, String argument) {
            if (session.maildrop().isPresent()) return Answer.err("you are logged in already");
            if (argument.isBlank()) return Answer.err("USER wants a name");
            session.enter(new Stage.Named(argument.strip()));
            return Answer.ok("and the password?");
        }
    }

    /** PASS: logs in. The password is all that follows the one space, spaces included. */
    static final class Pass extends Verb {
        private final Login login;

        Pass(Login login) {
            super("PASS");
            this.login = login;
        }

        @Override
        Response run(Pop3Session session, String argument) {
            return switch (session.stage()) {
                case Stage.Arrived() -> Answer.err("say USER first");
                case Stage.Open o -> Answer.err("you are logged in already");
                case Stage.Named(String user) -> {
                    session.enter(new Stage.Arrived());
                    var credentials = new Credentials.Password(user, argument);
                    yield new Dialogue("", () -> login.with(credentials, session));
                }
            };
        }
    }
}
