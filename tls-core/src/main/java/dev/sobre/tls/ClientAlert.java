package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.Names;
import dev.sobre.tls.wire.Alert;
import dev.sobre.tls.wire.ClientHello;

/** What a client's alert means, given what it asked for and what it was shown. */
final class ClientAlert {
    private static final int CLOSE_NOTIFY = 0;
    private static final String TRUST =
            "install the CA's certificate in the client, or use one of a public CA";

    private ClientAlert() {}

    static Diagnosis of(int number, ClientHello hello, Identity shown) {
        if (number == CLOSE_NOTIFY) {
            return new Diagnosis(
                    Code.CLOSED,
                    "the client said goodbye (close_notify) in the middle of the handshake",
                    "");
        }
        return Alert.of(number)
                .map(alert -> of(alert, hello, shown))
                .orElseGet(() -> brokenOff("number " + number + ", which no RFC of TLS names", ""));
    }

    static Diagnosis of(Alert alert, ClientHello hello, Identity shown) {
        String words = alert.wireName() + ": " + alert.meaning();
        return switch (alert) {
            case UNKNOWN_CA -> brokenOff(words, TRUST);
            case BAD_CERTIFICATE, CERTIFICATE_UNKNOWN, UNRECOGNIZED_NAME ->
                    isNamed(hello, shown)
                            ? brokenOff(words, TRUST)
                            : wrongName(words, hello.serverName().orElse(""), shown);
            case CERTIFICATE_EXPIRED ->
                    brokenOff(words, "renew the certificate; check the client's clock");
            default -> brokenOff(words, "");
        };
    }

    private static boolean isNamed(ClientHello hello, Identity shown) {
        return hello.serverName().stream().allMatch(name -> Names.match(shown.certificate(), name));
    }

    private static Diagnosis wrongName(String words, String asked, Identity shown) {
        return brokenOff(
                words
                        + "; it asked for "
                        + asked
                        + " and was shown a certificate for "
                        + String.join(", ", Names.of(shown.certificate())),
                "let the client connect to a name of the certificate, or add an identity for the"
                        + " other");
    }

    private static Diagnosis brokenOff(String words, String remedy) {
        return new Diagnosis(
                Code.CLIENT_ALERT, "the client broke off with the alert " + words, remedy);
    }
}
