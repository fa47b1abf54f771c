package dev.sobre.line.sasl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.SaslExchange.Step;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations, written with {@code |} for NUL; {@code =} is how they end. */
class SaslExchangeTest {

    @Test // RFC 4616 §4, first example
    void plain() {
        converse("PLAIN", "S: ", "C: |tim|tanstaaftanstaaf", "= tim tanstaaftanstaaf");
    }

    @Test
    void plainWithAnInitialResponse() {
        converse("plain", "C: |tim|tanstaaftanstaaf", "= tim tanstaaftanstaaf");
    }

    @Test // RFC 4616 §4, second example
    void nobodyMayActForSomebodyElse() {
        converse("PLAIN", "C: Ursel|Kurt|xipj3plmq", "= failed: not authorized");
        converse("PLAIN", "C: Kurt|Kurt|xipj3plmq", "= Kurt xipj3plmq");
    }

    @ParameterizedTest // RFC 4616 §2: the grammar
    @CsvSource(
            delimiter = ';',
            value = {
                "''; message is not authzid",
                "tim; message is not authzid",
                "|tim; message is not authzid",
                "|tim|pass|; message is not authzid",
                "|tim|pa|ss; message is not authzid",
                "||pass; user name is empty",
                "|tim|; password is empty",
                "||; user name is empty",
                "tim||pass; user name is empty"
            })
    void malformedPlainFails(String message, String reason) {
        converse("PLAIN", "C: " + message, "= failed: " + reason);
    }

    @ParameterizedTest // RFC 3629 §3: long forms, surrogates, cut sequences, beyond U+10FFFF
    @ValueSource(
            strings = {"\u00c0\u00a1", "\u00ed\u00a0\u0080", "\u00c3", "\u00f4\u0090\u0080\u0080"})
    void textThatIsNotUtf8Fails(String octets) {
        var plain = offered().begin("PLAIN").orElseThrow();
        assertInstanceOf(Step.Failed.class, plain.step(("\0tim\0" + octets).getBytes(ISO_8859_1)));
        var login = offered().begin("LOGIN").orElseThrow();
        assertInstanceOf(Step.Failed.class, login.step(octets.getBytes(ISO_8859_1)));
    }

    @Test
    void utf8IsKeptAsGiven() {
        converse("PLAIN", "C: |jürgen@example.org|pä€😀 ", "= jürgen@example.org pä€😀 ");
    }

    @Test // RFC 4616 §2: at least 255 octets of each
    void lengthsAreBounded() {
        var name = "n".repeat(255);
        converse("PLAIN", "C: " + name + "|" + name + "|" + name, "= " + name + " " + name);
        var tooLong = "n".repeat(1025);
        converse("PLAIN", "C: |" + tooLong + "|p", "= failed: user name is empty or too long");
        converse("PLAIN", "C: |n|" + tooLong, "= failed: password is empty or too long");
        converse("PLAIN", "C: |n|" + tooLong.repeat(4), "= failed: message too long");
        converse("LOGIN", "C: " + tooLong, "= failed: user name is empty, too long");
        converse("LOGIN", "C: n", "S: Password:", "C: " + tooLong, "= failed: password is empty");
    }

    @Test
    void login() {
        converse("LOGIN", "S: Username:", "C: tim", "S: Password:", "C: a b", "= tim a b");
    }

    @Test
    void loginWithTheNameAsInitialResponse() {
        converse("Login", "C: tim", "S: Password:", "C: tanstaaf", "= tim tanstaaf");
    }

    @Test
    void emptyOrNulInLoginFails() {
        converse("LOGIN", "S: Username:", "C: ", "= failed: user name is empty");
        converse("LOGIN", "C: t|m", "= failed: user name is empty");
        converse("LOGIN", "C: tim", "S: Password:", "C: ", "= failed: password is empty");
        converse("LOGIN", "C: tim", "S: Password:", "C: p|", "= failed: password is empty");
    }

    @Test
    void mechanismsAreThoseThatBegin() {
        assertEquals(List.of("PLAIN", "LOGIN"), offered().names());
        for (var name : offered().names()) assertTrue(offered().begin(name).isPresent());
        assertFalse(offered().begin("CRAM-MD5").isPresent());
        assertFalse(offered().begin("").isPresent());
    }

    @Test
    void anExchangeThatIsOverTakesNoMore() {
        var exchange = offered().begin("PLAIN").orElseThrow();
        exchange.step(new byte[0]);
        assertThrows(IllegalStateException.class, () -> exchange.step(new byte[0]));
    }

    @Test // RFC 4422 appendix A
    void external() {
        converse("external", "S: ", "C: ", "= External[proven=[ann@example.org], wanted=]");
        converse("EXTERNAL", "C: a@b", "= External[proven=[ann@example.org], wanted=a@b]");
        converse("EXTERNAL", "C: a|b", "= failed: authorization identity is too long or not");
        converse("EXTERNAL", "C: " + "n".repeat(1025), "= failed: authorization identity");
    }

    @Test
    void externalIsOfferedToWhomACertificateNames() {
        assertFalse(offered().begin("EXTERNAL").isPresent());
        var named = offered("ann@example.org");
        assertEquals(List.of("EXTERNAL", "PLAIN", "LOGIN"), named.names());
    }

    private static void converse(String mechanism, String... lines) {
        var exchange = offered("ann@example.org").begin(mechanism).orElseThrow();
        String said = new String(exchange.firstChallenge(), UTF_8);
        String end = "";
        for (var line : lines) {
            String text = line.substring(line.indexOf(' ') + 1);
            switch (line.charAt(0)) {
                case 'S' -> assertEquals(text, said);
                case 'C' -> {
                    switch (exchange.step(text.replace('|', '\0').getBytes(UTF_8))) {
                        case Step.Challenge(var data) -> said = new String(data, UTF_8);
                        case Step.Finished(Credentials.Password(var user, var password)) ->
                                end = user + " " + password;
                        case Step.Finished(var other) -> end = other.toString();
                        case Step.Failed(var reason) -> end = "failed: " + reason;
                    }
                }
                default -> assertTrue(end.startsWith(text), end);
            }
        }
        assertFalse(end.isEmpty(), "the exchange did not end");
    }

    private static Mechanisms offered(String... proven) {
        return new Mechanisms(
                List.of(proven),
                (c, peer) -> new Authenticator.Verdict.Denied(),
                Optional.empty(),
                Set.of());
    }
}
