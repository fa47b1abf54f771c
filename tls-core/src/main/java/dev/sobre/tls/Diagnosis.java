package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.wire.Alert;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.Numbers;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A cause in plain words with a remedy: what a server makes of a handshake that failed. */
record Diagnosis(Code code, String sentence, String remedy) {
    private static final String PATH =
            "try from another network: a firewall or VPN on the way may drop large packets (MTU)";

    Diagnosis {
        if (remedy.isBlank()) throw new IllegalArgumentException("no remedy for: " + sentence);
    }

    /** What stands in the way when the first bytes are no hello. */
    static Diagnosis of(BadHello bad) {
        return switch (bad.kind()) {
            case PLAINTEXT ->
                    new Diagnosis(
                            Code.PLAINTEXT,
                            "the client sent " + bad.words() + " to a TLS port",
                            "set it to SSL/TLS (implicit TLS), not to STARTTLS or no encryption");
            case PROXY_HEADER ->
                    new Diagnosis(
                            Code.PROXY,
                            "a PROXY header came from an address that is not among the proxies",
                            "if it is a proxy of yours, list its address under proxy-from");
            case SSL2 -> tooOld(bad.words());
            case OVERSIZED ->
                    new Diagnosis(
                            Code.OVERSIZED,
                            bad.words(),
                            "see which program connects from there; no mail program sends so much");
            case MALFORMED ->
                    new Diagnosis(
                            Code.MALFORMED,
                            "the hello is broken: " + bad.words(),
                            "see which program connects from there, and update it; from somebody"
                                    + " unknown it is a probe, which failed");
        };
    }

    /**
     * What stands in the way when the engine gave up.
     *
     * @param clear the number of an alert that came in the clear
     */
    static Diagnosis of(
            Throwable cause,
            ClientHello hello,
            TlsPolicy policy,
            Identity identity,
            OptionalInt clear) {
        Optional<ClientRefused> refused = refusal(cause);
        if (refused.isPresent()) {
            var why = refused.get();
            return new Diagnosis(why.code, String.valueOf(why.getMessage()), why.remedy);
        }
        if (clear.isPresent()) return ClientAlert.of(clear.getAsInt(), hello, identity);
        String message = messages(cause);
        Optional<Alert> alert = Alert.received(message);
        if (alert.isPresent()) return ClientAlert.of(alert.get(), hello, identity);
        return mismatch(hello, policy, identity)
                .or(() -> Misconduct.in(message).map(found -> found.given(hello)))
                .orElseGet(() -> other(cause, message));
    }

    static Diagnosis timeout(Optional<ClientHello> hello, int bytes) {
        if (hello.isPresent()) {
            return new Diagnosis(
                    Code.TIMEOUT, "the client stopped in the middle of the handshake", PATH);
        }
        return bytes > 0
                ? new Diagnosis(Code.TIMEOUT, "the client stopped in the middle of its hello", PATH)
                : new Diagnosis(
                        Code.TIMEOUT,
                        "the client sent nothing",
                        "if it waits for a greeting, set it to SSL/TLS (implicit TLS)");
    }

    static Diagnosis closed(int bytes) {
        return bytes == 0
                ? new Diagnosis(
                        Code.CLOSED,
                        "the client closed the connection without a byte, as port scans do",
                        "nothing needs doing; where a mail program does not get in, see its own log")
                : new Diagnosis(
                        Code.CLOSED,
                        "the client closed the connection in the middle of its hello",
                        PATH);
    }

    /** RFC 7301 §3.2; refused so that one service's bytes never reach another (ALPACA). */
    static Diagnosis noProtocol(List<String> offered, List<String> served) {
        return new Diagnosis(
                Code.NO_COMMON_PROTOCOL,
                "the client wants " + printable(offered) + " and this port serves " + served,
                "check the port in the client's settings");
    }

    private static Optional<Diagnosis> mismatch(
            ClientHello hello, TlsPolicy policy, Identity identity) {
        var common = new Common(hello, policy, identity);
        if (!common.version()) return Optional.of(noVersion(hello, policy));
        if (!common.suite()) {
            return Optional.of(
                    new Diagnosis(
                            Code.NO_COMMON_SUITE,
                            "no common cipher suite; the client offers "
                                    + Numbers.suites(hello.suites()),
                            "update the client; only ECDHE with AES-GCM or ChaCha20 is served"));
        }
        if (!common.group()) {
            return Optional.of(
                    new Diagnosis(
                            Code.NO_COMMON_GROUP,
                            "no common key exchange group; the client offers "
                                    + Numbers.groups(hello.groups())
                                    + " and we "
                                    + policy.groups(),
                            "update the client"));
        }
        if (!common.signature()) {
            return Optional.of(
                    new Diagnosis(
                            Code.NO_COMMON_SIGNATURE,
                            "the client cannot check what our "
                                    + identity.keys().key().getAlgorithm()
                                    + " key signs with: "
                                    + Signatures.of(identity, policy),
                            "add an identity with another kind of key, take the policy"
                                    + " compatible, or update the client"));
        }
        return Optional.empty();
    }

    private static String offered(ClientHello hello) {
        String versions = Numbers.versions(hello.versions());
        return hello.versions().size() == 1 ? versions + " at most" : versions;
    }

    private static Diagnosis noVersion(ClientHello hello, TlsPolicy policy) {
        String sentence = "the client offers " + offered(hello);
        return hello.offers(Numbers.TLS_1_2)
                ? new Diagnosis(
                        Code.TOO_OLD,
                        sentence + " and the policy has " + policy.versions(),
                        "update the client, or take the policy standard")
                : tooOld(sentence);
    }

    private static Diagnosis tooOld(String sentence) {
        return new Diagnosis(
                Code.TOO_OLD, sentence, "update the client: TLS 1.2 is the oldest that is safe");
    }

    private static Diagnosis other(Throwable cause, String message) {
        if (cause instanceof ClosedChannelException || plainIo(cause)) {
            return new Diagnosis(
                    Code.CLOSED,
                    "the client closed the connection during the handshake, without an alert;"
                            + " some do so when they do not trust the certificate",
                    ClientAlert.TRUST);
        }
        return new Diagnosis(
                Code.OTHER,
                "the handshake failed: " + message,
                "watch the next one (sobre serve --trace-tls), and report both");
    }

    private static Optional<ClientRefused> refusal(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
            if (at instanceof ClientRefused refused) return Optional.of(refused);
        }
        return Optional.empty();
    }

    /** An engine that skips no early data finds a record that it cannot decrypt. */
    private Diagnosis given(ClientHello hello) {
        return code == Code.BAD_RECORD && hello.earlyData() ? Misconduct.earlyData() : this;
    }

    private static boolean plainIo(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof javax.net.ssl.SSLException);
    }

    private static String messages(Throwable cause) {
        var words = new StringBuilder();
        Throwable at = cause;
        for (int depth = 0; at != null && depth < 5; depth++, at = at.getCause()) {
            if (depth > 0) words.append(" < ");
            words.append(String.valueOf(at.getMessage()));
        }
        return words.toString();
    }

    /** The client's bytes for the log: no control characters, no length without end. */
    private static String printable(List<String> offered) {
        String all = String.join(", ", offered).replaceAll("[^\\x20-\\x7e]", "?");
        return all.length() <= 80 ? all : all.substring(0, 80) + "…";
    }
}
