package dev.sobre.line.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.SaslExchange.Step;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.ScramSalt;
import dev.sobre.mail.ScramUser;
import dev.sobre.mail.StoreException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM-SHA-256 as RFC 7677 §3 plays it, and whoever does not keep to it. */
class ScramTest {

    private static final ScramSalt SALT =
            new ScramSalt(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
    private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String PROOF = "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private record Pencils(String user) implements Authenticator {

        @Override
        public boolean speaksScram() {
            return true;
        }

        @Override
        public Optional<ScramUser> scram(String asked) {
            if (asked.equals("broken")) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, "disk is gone");
            }
            var others = List.of(SALT.keys("crayon"), SALT.keys("pencil"), SALT.keys("pen"));
            return Optional.of(new ScramUser(SALT, asked.equals(user) ? others : List.of()));
        }

        @Override
        public Verdict verify(Credentials credentials, InetAddress peer) {
            return new Verdict.Denied();
        }
    }

    private static SaslExchange begin(String user) {
        return new SaslExchange(
                new Scram.First(
                        new Pencils(user),
                        () -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                        new Binding.Impossible()));
    }

    private static Step say(SaslExchange exchange, String text) {
        return exchange.step(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(Step step) {
        return new String(
                assertInstanceOf(Step.Challenge.class, step).data(), StandardCharsets.UTF_8);
    }

    private static void failed(String why, Step step) {
        String reason = assertInstanceOf(Step.Failed.class, step).reason();
        assertTrue(reason.contains(why), reason);
    }

    @Test // RFC 7677 §3
    void theExampleOfTheRfc() {
        var exchange = begin("user");
        assertEquals(0, exchange.firstChallenge().length);
        assertEquals(
                "r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                challenge(say(exchange, FIRST)));
        assertEquals(
                "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                challenge(say(exchange, "c=biws,r=" + NONCE + "," + PROOF)));
        assertEquals(
                new Step.Finished(new Credentials.Scram("user", SALT.keys("pencil"))),
                say(exchange, ""));
    }

    @Test
    void anUnknownUserAndAWrongPasswordAreOneCase() {
        var unknown = begin("somebody else");
        String salted = challenge(say(unknown, FIRST));
        failed("wrong", say(unknown, "c=biws,r=" + NONCE + "," + PROOF));
        var wrong = begin("user");
        assertEquals(salted, challenge(say(wrong, FIRST)));
        failed("wrong", say(wrong, "c=biws,r=" + NONCE + "," + PROOF.replace("dHz", "dHy")));
    }

    @Test
    void namesAreDecoded() {
        var exchange = begin("a,b=c");
        challenge(say(exchange, "y,,n=a=2Cb=3Dc,r=x,ext=1"));
    }

    @Test
    void oneMayActForOneselfAlone() {
        challenge(say(begin("user"), FIRST.replace("n,,", "n,a=user,")));
        failed("not authorized", say(begin("user"), FIRST.replace("n,,", "n,a=root,")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "n=user,r=x",
                "n,,n=,r=x",
                "n,,n=user,r=",
                "n,,n=us=er,r=x",
                "n,,n=us=2cer,r=x",
                "n,,n=user,r=a b",
                "n,,m=new,n=user,r=x",
                "x,,n=user,r=x",
                "p=tls-exporter,,n=user,r=x",
                "p=tls-unique,,n=user,r=x"
            })
    void aMalformedFirstMessageFails(String message) {
        assertInstanceOf(Step.Failed.class, say(begin("user"), message));
        assertInstanceOf(
                Step.Failed.class, begin("user").step(new byte[] {'n', ',', ',', (byte) 0xC3}));
        assertInstanceOf(Step.Failed.class, say(begin("user"), FIRST + ",".repeat(1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=AAAA",
                "c=eSws,r=" + NONCE + "," + PROOF,
                "c=biws,r=" + NONCE,
                "c=biws,r=" + NONCE + ",p=",
                "c=biws,r=" + NONCE + ",p=A",
                "c=biws,r=" + NONCE + ",p=AAAA",
                "c=biws,r=" + NONCE + ",x=1," + PROOF
            })
    void aFinalMessageThatDoesNotFitFails(String message) {
        var exchange = begin("user");
        say(exchange, FIRST);
        assertInstanceOf(Step.Failed.class, say(exchange, message));
    }

    @Test
    void accountsThatCantBeReadAreSaidToBe() {
        failed("try again later", say(begin("x"), "n,,n=broken,r=x"));
    }

    @Test
    void itIsOfferedWhereItIsSpoken() {
        var spoken = new Mechanisms(List.of(), new Pencils("user"), Optional.empty(), Set.of());
        assertEquals(List.of("SCRAM-SHA-256", "PLAIN", "LOGIN"), spoken.names());
        var one = spoken.begin("scram-sha-256").orElseThrow();
        var two = spoken.begin("SCRAM-SHA-256").orElseThrow();
        assertFalse(challenge(say(one, FIRST)).equals(challenge(say(two, FIRST))), "nonces differ");
        assertTrue(spoken.begin("SCRAM-SHA-256-PLUS").isEmpty(), "there is nothing to bind to");
        var not = spoken.without(Set.of("SCRAM-SHA-256"));
        assertTrue(not.begin("SCRAM-SHA-256").isEmpty());
    }
}
