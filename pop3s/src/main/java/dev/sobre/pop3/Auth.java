package dev.sobre.pop3;

import dev.sobre.line.LineTooLong;
import dev.sobre.line.sasl.Mechanisms;
import dev.sobre.line.sasl.SaslExchange;
import dev.sobre.line.sasl.SaslExchange.Step;
import dev.sobre.mail.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.Response;

/** AUTH: logs in with SASL. RFC 5034 §4. */
final class Auth extends Verb {

    private final Login login;

    Auth(Login login) {
        super("AUTH");
        this.login = login;
    }

    @Override
    Set<String> capabilities(Pop3Session session) {
        return Set.of("SASL " + String.join(" ", mechanisms(session).names()));
    }

    @Override
    Response run(Pop3Session session, String argument) {
        if (session.maildrop().isPresent()) return Answer.err("you are logged in already");
        String[] words = argument.strip().split(" +", 2);
        Optional<SaslExchange> exchange = mechanisms(session).begin(words[0]);
        if (exchange.isEmpty()) {
            return Answer.err("the mechanism is not known, CAPA lists those that are");
        }
        if (words.length == 1) {
            byte[] first = exchange.get().firstChallenge();
            return new Dialogue(challenge(first), () -> listen(session, exchange.get()));
        }
        // "=" is an initial response of no octets.
        String initial = words[1].equals("=") ? "" : words[1];
        return new Dialogue("", () -> take(session, exchange.get(), initial));
    }

    private Response listen(Pop3Session session, SaslExchange exchange) throws IOException {
        String line;
        try {
            line = new String(session.connection().readLine(), StandardCharsets.ISO_8859_1);
        } catch (LineTooLong e) {
            return Answer.err("the response is too long");
        }
        if (line.equals("*")) return Answer.err("login was cancelled");
        return take(session, exchange, line);
    }

    private Response take(Pop3Session session, SaslExchange exchange, String base64) {
        byte[] response;
        try {
            response = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Answer.err("the response is not base64");
        }
        return switch (exchange.step(response)) {
            case Step.Challenge(byte[] data) ->
                    new Dialogue(challenge(data), () -> listen(session, exchange));
            case Step.Failed(String reason) -> login.denied(session, reason);
            case Step.Finished(Credentials credentials) -> login.with(credentials, session);
        };
    }

    private Mechanisms mechanisms(Pop3Session session) {
        return Mechanisms.of(session.connection().tls(), login.authenticator());
    }

    private static String challenge(byte[] data) {
        return "+ " + Base64.getEncoder().encodeToString(data);
    }
}
