package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.Names;
import dev.sobre.tls.wire.Alert;
import dev.sobre.tls.wire.ClientHello;

/** What a client's alert means, given what it asked for and what it was shown. */
final class ClientAlert {
    private static final int CLOSE_NOTIFY = 0;
    static final String TRUST =
            "install the CA's certificate in the client, or use one of a public CA";

    private ClientAlert() {}

    static Diagnosis of(int number, ClientHello hello, Identity shown) {
        if (number == CLOSE_NOTIFY) {
            return new Diagnosis(
                    Code.CLOSED,
                    "the client said goodbye (close_notify) in the middle of the handshake",
                    "see whether the client asks about the certificate; otherwise try again");
        }
        return Alert.of(number)
                .map(alert -> of(alert, hello, shown))
                .orElseGet(
                        () ->
                                brokenOff(
                                        "number " + number + ", which no RFC of TLS names",
                                        "see the client's own log for what it means, or update it"));
    }

    static Diagnosis of(Alert alert, ClientHello hello, Identity shown) {
        String words = alert.wireName() + ": " + alert.meaning();
        return isOfName(alert) && !isNamed(hello, shown)
                ? wrongName(words, hello.serverName().orElse(""), shown)
                : brokenOff(words, remedy(alert));
    }

    private static boolean isOfName(Alert alert) {
        return switch (alert) {
            case BAD_CERTIFICATE, CERTIFICATE_UNKNOWN, UNRECOGNIZED_NAME -> true;
            default -> false;
        };
    }

    private static String remedy(Alert alert) {
        return switch (alert) {
            case UNKNOWN_CA, BAD_CERTIFICATE, CERTIFICATE_UNKNOWN -> TRUST;
            case UNRECOGNIZED_NAME -> "check the server's name in the client's settings";
            case CERTIFICATE_EXPIRED -> "renew the certificate; check the client's clock";
            case CERTIFICATE_REVOKED -> "have a new certificate issued, and put it into place";
            case UNSUPPORTED_CERTIFICATE ->
                    "add an identity with another kind of key (EC on P-256, or RSA)";
            case BAD_CERTIFICATE_STATUS_RESPONSE ->
                    "put a current OCSP response into place (ocsp-response), or take it out";
            case HANDSHAKE_FAILURE, PROTOCOL_VERSION ->
                    "update the client, and see that TLS 1.2 and 1.3 are switched on in it";
            case INSUFFICIENT_SECURITY ->
                    "lower the security level that the client asks for, or serve a stronger key";
            case NO_APPLICATION_PROTOCOL -> "check the port in the client's settings";
            case ACCESS_DENIED ->
                    "see which rule in the client, or between it and here, forbids this server";
            case NO_CERTIFICATE ->
                    "install a certificate in the client, or do not require one of it";
            case USER_CANCELED -> "try again, and see whether it asks about the certificate";
            case UNKNOWN_PSK_IDENTITY -> "have the client forget its sessions: restart it";
            case INTERNAL_ERROR -> "see the client's own log, and restart or update it";
            case BAD_RECORD_MAC, DECRYPT_ERROR, RECORD_OVERFLOW, DECODE_ERROR ->
                    "connect without a proxy, VPN or virus scanner in between; update the client";
            case UNEXPECTED_MESSAGE,
                    ILLEGAL_PARAMETER,
                    MISSING_EXTENSION,
                    UNSUPPORTED_EXTENSION,
                    INAPPROPRIATE_FALLBACK,
                    NO_RENEGOTIATION,
                    CERTIFICATE_REQUIRED ->
                    "update the client, or whatever speaks TLS for it, such as a virus scanner";
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
