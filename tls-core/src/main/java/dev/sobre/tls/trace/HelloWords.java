package dev.sobre.tls.trace;

import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.Octets;
import java.util.Arrays;
import java.util.List;

/** The two hellos, told: what is offered, what is chosen, and what can be seen of why. */
final class HelloWords {
    private static final int TLS_1_1 = 0x0302;

    /** RFC 8446 §4.1.3: the last bytes of a random, “DOWNGRD” and the version that could be. */
    private static final byte[] DOWNGRADE = {0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44};

    private HelloWords() {}

    static Told client(Octets body, Conversation so) throws BadHello {
        Hello hello = Hello.client(body);
        boolean again = so.offer().isPresent() && so.retried();
        so.offered(hello);
        var told =
                again
                        ? new Told(
                                "ClientHello",
                                "The same once more, now with the key share that was asked for.")
                        : new Told(
                                "ClientHello",
                                "The client opens: it says all that it can do, so that the server can choose.");
        if (!again && hello.has(Hello.KEY_SHARE)) {
            told.and(
                    "It guesses which group the server will take and sends its key shares along; guessed right, one round trip is enough.");
        }
        told.fact("random", Told.hex(hello.random()));
        if (hello.sessionId().length > 0) told.fact("session id", session(hello));
        told.fact("suites", IanaNames.suites(hello.suites()));
        ExtensionWords.client(hello, told);
        return told;
    }

    static Told server(Octets body, Conversation so) throws BadHello {
        Hello hello = Hello.server(body);
        so.chosen(hello);
        return hello.retry() ? retry(hello) : chosen(hello, so);
    }

    private static Told retry(Hello hello) throws BadHello {
        var told =
                new Told(
                        "HelloRetryRequest",
                        "A ServerHello whose random is the SHA-256 of \"HelloRetryRequest\": the server takes none of the key shares it got and asks for another. It costs one more round trip; in the transcript a hash now stands for the first ClientHello.");
        told.fact("suite", IanaNames.suite(hello.suite()));
        var share = hello.extension(Hello.KEY_SHARE);
        if (share.isPresent()) told.fact("asks for", Numbers.group(share.get().octets().u16()));
        ExtensionWords.server(hello.extensions(), told);
        return told;
    }

    private static Told chosen(Hello hello, Conversation so) throws BadHello {
        var told = new Told("ServerHello", "The server has chosen.");
        told.fact("version", version(hello));
        told.fact("random", Told.hex(hello.random()));
        sentinel(hello, told);
        told.fact("suite", IanaNames.suite(hello.suite()));
        so.suite().ifPresent(suite -> told.fact("", parts(suite, hello.tls13())));
        so.offer().ifPresent(offer -> told.fact("", why(offer, hello)));
        var share = hello.extension(Hello.KEY_SHARE);
        if (share.isPresent()) {
            var in = share.get().octets();
            told.fact("key share", ExtensionWords.share(in.u16(), in.vector16().left()));
        }
        if (!hello.tls13()) sessionOf(hello, so, told);
        ExtensionWords.server(hello.extensions(), told);
        return keys(hello, so, told);
    }

    private static Told keys(Hello hello, Conversation so, Told told) {
        if (so.resumed()) {
            told.and(
                    "It resumes an earlier session: no certificate follows, the secret of that session vouches for both.");
        }
        if (!hello.tls13()) return told;
        return told.and(
                "Both now know the shared secret: the keys change for the first time, all that follows is encrypted, the certificate too.");
    }

    private static String version(Hello hello) {
        return Numbers.version(hello.version())
                + (hello.tls13()
                        ? " (in an extension; the old field still says TLS 1.2, for middleboxes)"
                        : "");
    }

    private static void sentinel(Hello hello, Told told) {
        if (hello.version() > Numbers.TLS_1_2) return;
        byte[] end = Arrays.copyOfRange(hello.random(), 24, 31);
        if (!Arrays.equals(end, DOWNGRADE)) {
            told.fact(
                    "",
                    "no downgrade sentinel in its last 8 bytes: this server does not know TLS 1.3, or does not say so");
            return;
        }
        String better = hello.random()[31] == 1 ? "TLS 1.3" : "TLS 1.2";
        told.fact(
                "",
                "its last 8 bytes are the downgrade sentinel \"DOWNGRD\": this server could do "
                        + better
                        + "; a client that offered it would know that somebody meddled");
    }

    private static String parts(CipherSuite suite, boolean tls13) {
        String what = suite.cipher() + ", " + suite.mode() + "; " + suite.hash();
        return tls13
                ? what + "; the key exchange and who signs are chosen apart from it"
                : "key exchange "
                        + suite.keyExchange()
                        + (suite.keyExchange().startsWith("RSA")
                                ? ", the server shows who it is by opening it"
                                : ", signed by " + suite.authentication())
                        + "; "
                        + what
                        + (suite.forwardSecret()
                                ? ""
                                : "; no forward secrecy: who gets the server's key later reads what was recorded today");
    }

    /** As far as the client's list shows it; the server's own order stays its secret. */
    private static String why(Hello offer, Hello choice) {
        List<Integer> able =
                offer.suites().stream()
                        .filter(n -> n != 0x00FF && n != 0x5600 && !Numbers.grease(n))
                        .filter(n -> (n >> 8 == 0x13) == choice.tls13())
                        .toList();
        int place = able.indexOf(choice.suite());
        if (place < 0) return "the client did not offer it";
        String of = " of the " + able.size() + " that the client offers for this version";
        if (able.size() == 1) return "the only one that the client offers for this version";
        if (place == 0) return "the first" + of;
        return "number "
                + (place + 1)
                + of
                + "; the server cannot or will not do "
                + IanaNames.suites(able.subList(0, place))
                + ", or likes them less";
    }

    private static String session(Hello hello) {
        boolean now = hello.has(Hello.VERSIONS);
        return hello.sessionId().length
                + " bytes"
                + (now
                        ? " (TLS 1.3 has no use for it but to look like TLS 1.2 to middleboxes)"
                        : "");
    }

    private static void sessionOf(Hello hello, Conversation so, Told told) {
        if (hello.version() <= TLS_1_1) told.fact("", "a version that is no longer safe");
        if (so.resumed()) told.fact("session id", "the client's: resumed");
        else if (hello.sessionId().length > 0) {
            told.fact("session id", Told.hex(hello.sessionId()) + ": may be resumed by it");
        }
    }
}
