package dev.sobre.smtp;

import dev.sobre.line.LineTooLong;
import dev.sobre.line.sasl.Mechanisms;
import dev.sobre.line.sasl.SaslExchange;
import dev.sobre.line.sasl.SaslExchange.Step;
import dev.sobre.line.sasl.SaslResponse;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AUTH: logs in with SASL. RFC 4954 §4. */
final class Auth extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Auth.class);
    private static final Pattern SPACES = Pattern.compile(" +");

    private final Authenticator authenticator;
    private final Set<String> withheld;

    Auth(Authenticator authenticator, Set<String> withheld) {
        super("AUTH");
        this.authenticator = authenticator;
        this.withheld = withheld;
    }

    @Override
    List<String> features(SmtpSession session) {
        return List.of("AUTH " + String.join(" ", mechanisms(session).names()));
    }

    @Override
    Response run(SmtpSession session, String argument) {
        if (!(session.submitter() instanceof Submitter.Unknown)) {
            return Reply.of(503, "5.5.1", "you are logged in already");
        }
        if (session.greeted().isEmpty()) return Reply.of(503, "5.5.1", "say EHLO first");
        if (argument.isEmpty()) return Reply.of(501, "5.5.4", "AUTH wants a mechanism");
        String[] words = SPACES.split(argument, 2);
        Optional<SaslExchange> exchange = mechanisms(session).begin(words[0]);
        if (exchange.isEmpty()) {
            return Reply.of(504, "5.5.4", "the mechanism is not known; EHLO lists those that are");
        }
        if (words.length == 1) {
            String first = SaslResponse.encode(exchange.get().firstChallenge());
            return new Dialogue("334 " + first, () -> listen(session, exchange.get()));
        }
        return new Dialogue(
                "", () -> take(session, exchange.get(), SaslResponse.initial(words[1])));
    }

    private Response listen(SmtpSession session, SaslExchange exchange) throws IOException {
        try {
            return take(session, exchange, SaslResponse.line(session.connection().readLine()));
        } catch (LineTooLong e) {
            return Reply.of(500, "5.5.6", "the response is too long");
        }
    }

    private Response take(SmtpSession session, SaslExchange exchange, SaslResponse response) {
        return switch (response) {
            case SaslResponse.Cancelled() -> Reply.of(501, "5.7.0", "login was cancelled");
            case SaslResponse.Malformed(String reason) -> Reply.of(501, "5.5.2", reason);
            case SaslResponse.Data(byte[] octets) -> step(session, exchange, octets);
        };
    }

    private Response step(SmtpSession session, SaslExchange exchange, byte[] response) {
        return switch (exchange.step(response)) {
            case Step.Challenge(byte[] data) ->
                    new Dialogue(
                            "334 " + SaslResponse.encode(data), () -> listen(session, exchange));
            case Step.Failed(String reason) -> denied(session, reason);
            case Step.Finished(Credentials credentials) -> verify(session, credentials);
        };
    }

    private Reply verify(SmtpSession session, Credentials credentials) {
        var peer = session.connection().remote().getAddress();
        if (authenticator.mayBlock()) session.connection().stepAside();
        return switch (authenticator.verify(credentials, peer)) {
            case Verdict.Granted(var account) -> {
                session.loggedIn(account);
                yield Reply.of(235, "2.7.0", "welcome");
            }
            case Verdict.Denied() -> denied(session, "user name or password is wrong");
            case Verdict.Unavailable(String reason) -> {
                LOG.warn("a login could not be checked: {}", reason);
                yield Reply.of(454, "4.7.0", "logins can't be checked now; try again later");
            }
            case Verdict.PutOff() ->
                    Reply.of(
                            454,
                            "4.7.0",
                            "too many wrong passwords came from your address; try again later");
        };
    }

    private static Reply denied(SmtpSession session, String why) {
        session.connection().loginRefused();
        return Reply.of(535, "5.7.8", why);
    }

    private Mechanisms mechanisms(SmtpSession session) {
        return Mechanisms.of(session.connection().tls(), authenticator).without(withheld);
    }
}
