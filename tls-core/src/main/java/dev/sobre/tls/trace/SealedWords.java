package dev.sobre.tls.trace;

/** Records that cannot be opened: told by their type, their size and their place, nothing more. */
final class SealedWords {
    private SealedWords() {}

    static Told of(int type, Side from, Conversation so, boolean afterFinished) {
        return switch (type) {
            case WireRecord.ALERT ->
                    new Told(
                            "encrypted alert",
                            "Which one, the wire does not show; most often close_notify.");
            case WireRecord.HANDSHAKE ->
                    afterFinished
                            ? new Told(
                                    "encrypted handshake records", "Messages after the handshake.")
                            : new Told(
                                    "encrypted handshake record",
                                    "By its place it can only be Finished (RFC 5246 §7.4.9).");
            default -> applicationData(from, so);
        };
    }

    private static Told applicationData(Side from, Conversation so) {
        if (!so.tls13()) {
            return so.decided()
                    ? new Told("encrypted data", "Application data.")
                    : new Told(
                            "encrypted data", "Early data: sent before the server has answered.");
        }
        return new Told(
                "encrypted records",
                from == Side.SERVER
                        ? "TLS 1.3 hides the type. After its hello a server sends EncryptedExtensions, perhaps CertificateRequest, Certificate and CertificateVerify (none of these when it resumes), Finished; later tickets and data."
                        : "TLS 1.3 hides the type. A client sends Finished, with its certificate before it where one was asked for; later data, or an alert.");
    }
}
