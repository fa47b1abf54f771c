package dev.sobre.line.sasl;

import dev.sobre.line.sasl.SaslExchange.State;
import dev.sobre.line.sasl.SaslExchange.Turn;
import dev.sobre.mail.Credentials;

/**
 * The LOGIN mechanism, which some clients still speak. draft-murchison-sasl-login-00, with the
 * prompts that those clients know ({@code Username:} and {@code Password:}).
 */
final class Login {

    private Login() {}

    /** Waits for the user's name, which may come as the initial response. */
    record Name() implements State {

        @Override
        public String challenge() {
            return "Username:";
        }

        @Override
        public Turn take(byte[] response) {
            return SaslText.read(response)
                    .map(user -> Turn.ask(new Password(user)))
                    .orElse(Turn.failed("user name is empty, too long or not UTF-8"));
        }
    }

    /** Knows the user's name and waits for the password. */
    record Password(String user) implements State {

        @Override
        public String challenge() {
            return "Password:";
        }

        @Override
        public Turn take(byte[] response) {
            return SaslText.read(response)
                    .map(password -> Turn.finished(new Credentials.Password(user, password)))
                    .orElse(Turn.failed("password is empty, too long or not UTF-8"));
        }
    }
}
