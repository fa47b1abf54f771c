package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client did against the rules of the handshake, as the engines name it. */
final class Misconduct {
    private record Sign(String words, Diagnosis diagnosis) {}

    private static final String PROBE =
            "update the client's TLS library; from somebody unknown it is a probe, which failed";

    /** In upper case: BoringSSL's reasons and the JDK's sentences. */
    private static final List<Sign> SIGNS =
            List.of(
                    missing("PEER_DID_NOT_RETURN_A_CERTIFICATE"),
                    missing("EMPTY CLIENT CERTIFICATE CHAIN"),
                    sign( // BoringSSL looks for itself
                            "KEY_USAGE_BIT_INCORRECT",
                            Code.CLIENT_CERTIFICATE_UNUSABLE,
                            "the key of the client's certificate may not sign (keyUsage)",
                            "have one issued for TLS clients"),
                    unproven("BAD_SIGNATURE"),
                    unproven("CERTIFICATEVERIFY"),
                    new Sign("TOO_MUCH_SKIPPED_EARLY_DATA", earlyData()),
                    sign(
                            "COMPRESSION_LIST",
                            Code.BROKEN_RULES,
                            "the client insists on compression, which is not safe (RFC 9325 §3.3)",
                            "switch compression off in the client, or update it"),
                    point("BAD_ECPOINT"),
                    point("POINT_IS_NOT_ON_CURVE"),
                    point("POINT IS NOT ON CURVE"),
                    point("SMALL ORDER"),
                    tooLong("LENGTH_TOO_LONG"),
                    tooLong("EXCESSIVE_MESSAGE_SIZE"),
                    tooLong("EXCEEDS THE MAXIMUM ALLOWED SIZE"),
                    tooLong("ILLEGAL PACKET LENGTH"),
                    tooLong("RECORD TOO BIG"),
                    order("UNEXPECTED_RECORD"),
                    order("UNEXPECTED_MESSAGE"),
                    order("UNEXPECTED HANDSHAKE MESSAGE"),
                    order("UNEXPECTED CHANGECIPHERSPEC"),
                    order("BEFORE HANDSHAKE COMPLETE"),
                    broken("BAD_PACKET_LENGTH"),
                    broken("BAD_RECORD_MAC"),
                    broken("BAD_DECRYPT"),
                    broken("TAG MISMATCH"),
                    broken("WRONG_VERSION_NUMBER"),
                    broken("NOT AN SSL/TLS RECORD"),
                    broken("PLAINTEXT ALERT RECEIVED"));

    private Misconduct() {}

    /** Finds it in an engine's message. */
    static Optional<Diagnosis> in(String message) {
        String upper = message.toUpperCase(Locale.ROOT);
        return SIGNS.stream()
                .filter(sign -> upper.contains(sign.words))
                .findFirst()
                .map(Sign::diagnosis);
    }

    /** What can be found. */
    static Stream<Diagnosis> all() {
        return SIGNS.stream().map(Sign::diagnosis);
    }

    static Diagnosis earlyData() {
        return new Diagnosis(
                Code.EARLY_DATA,
                "the client sends early data (0-RTT), which nobody was promised and which can be"
                        + " replayed",
                "switch early data (0-RTT) off in the client");
    }

    private static Sign sign(String words, Code code, String sentence, String remedy) {
        return new Sign(words, new Diagnosis(code, sentence, remedy));
    }

    private static Sign missing(String words) {
        return sign(
                words,
                Code.CLIENT_CERTIFICATE_MISSING,
                "the client showed no certificate, which is required here",
                "install one in the client, or ask for certificates without requiring them");
    }

    private static Sign unproven(String words) {
        return sign(
                words,
                Code.CLIENT_KEY_UNPROVEN,
                "the client did not prove that it has the key of its certificate",
                "give the client the key that belongs to its certificate");
    }

    private static Sign point(String words) {
        return sign(
                words, Code.BROKEN_RULES, "the client's key share is no point of its curve", PROBE);
    }

    private static Sign tooLong(String words) {
        return sign(
                words, Code.OVERSIZED, "the client sent a longer message than TLS allows", PROBE);
    }

    private static Sign order(String words) {
        return sign(
                words, Code.BROKEN_RULES, "the client sent a message that was not its turn", PROBE);
    }

    private static Sign broken(String words) {
        return sign(
                words,
                Code.BAD_RECORD,
                "a record of the client cannot be decrypted, or is none: something changed the"
                        + " bytes on the way",
                "connect without a proxy, VPN or virus scanner in between");
    }
}
