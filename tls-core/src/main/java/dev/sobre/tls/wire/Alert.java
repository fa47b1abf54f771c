package dev.sobre.tls.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fatal alert of TLS with what it means to a person. RFC 8446 §6.2, RFC 5246 §7.2.2. */
public enum Alert {
    UNEXPECTED_MESSAGE(10, "it got a message it did not expect"),
    BAD_RECORD_MAC(20, "it could not decrypt a record; something changed the bytes on the way"),
    RECORD_OVERFLOW(22, "it got too long a record"),
    HANDSHAKE_FAILURE(40, "the two sides have no settings in common"),
    NO_CERTIFICATE(41, "it has no certificate to show"),
    BAD_CERTIFICATE(42, "it finds the certificate broken or does not accept it"),
    UNSUPPORTED_CERTIFICATE(43, "it cannot use this type of certificate"),
    CERTIFICATE_REVOKED(44, "the certificate was revoked"),
    CERTIFICATE_EXPIRED(45, "the certificate has expired, or its clock is wrong"),
    CERTIFICATE_UNKNOWN(
            46, "it does not accept the certificate; most often it does not trust who issued it"),
    ILLEGAL_PARAMETER(47, "it found a value that contradicts another"),
    UNKNOWN_CA(48, "it does not trust the authority that issued the certificate"),
    ACCESS_DENIED(49, "it does not let this peer in"),
    DECODE_ERROR(50, "it could not read a message"),
    DECRYPT_ERROR(51, "a signature or the Finished check was wrong"),
    PROTOCOL_VERSION(70, "it does not speak this version of TLS"),
    INSUFFICIENT_SECURITY(71, "it asks for stronger ciphers"),
    INTERNAL_ERROR(80, "it met an error of its own"),
    INAPPROPRIATE_FALLBACK(86, "it noticed a needless fallback to an older version"),
    USER_CANCELED(90, "its user cancelled"),
    NO_RENEGOTIATION(100, "it does not renegotiate"),
    MISSING_EXTENSION(109, "an extension that it needs is missing"),
    UNSUPPORTED_EXTENSION(110, "it got an extension it did not offer"),
    UNRECOGNIZED_NAME(112, "it knows no server of that name"),
    BAD_CERTIFICATE_STATUS_RESPONSE(113, "it does not accept the stapled OCSP answer"),
    UNKNOWN_PSK_IDENTITY(115, "it does not know the pre-shared key"),
    CERTIFICATE_REQUIRED(116, "it asks for a certificate"),
    NO_APPLICATION_PROTOCOL(120, "it speaks none of the application protocols offered");

    // BoringSSL: "…:TLSV1_ALERT_UNKNOWN_CA", "…:TLSV1_UNRECOGNIZED_NAME"; JSSE: "Received fatal
    // alert: unknown_ca".
    private static final Pattern RECEIVED =
            Pattern.compile(
                    "(?:SSLV3_ALERT_|TLSV1_ALERT_|TLSV1_|Received fatal alert: )([A-Za-z_]+)");

    private final int code;
    private final String meaning;

    Alert(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** What it says of the side that sent it, as the end of a sentence about “it”. */
    public String meaning() {
        return meaning;
    }

    /** The name of the RFCs, such as {@code unknown_ca}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The alert as a record in the clear, fatal. */
    public byte[] record() {
        return new byte[] {21, 3, 3, 0, 2, 2, (byte) code};
    }

    public static Optional<Alert> of(int code) {
        return Arrays.stream(values()).filter(a -> a.code == code).findFirst();
    }

    /** Finds the peer's alert in an engine's message. */
    public static Optional<Alert> received(String message) {
        Matcher found = RECEIVED.matcher(message);
        if (!found.find()) return Optional.empty();
        String name = found.group(1).toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(a -> a.name().equals(name)).findFirst();
    }
}
