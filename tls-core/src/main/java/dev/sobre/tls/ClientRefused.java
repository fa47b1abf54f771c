package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A client's certificate that does not hold, with the reason for people. */
final class ClientRefused extends CertificateException {
    private static final long serialVersionUID = 1;

    final Code code;
    final String remedy;

    private ClientRefused(Code code, String sentence, String remedy) {
        super(sentence);
        this.code = code;
        this.remedy = remedy;
    }

    /**
     * @param which the certificate at fault, of which subject and serial number are told
     * @param fault the end of a sentence about it
     */
    static ClientRefused of(Code code, X509Certificate which, String fault, String remedy) {
        return new ClientRefused(code, "the client's certificate " + label(which) + fault, remedy);
    }

    static ClientRefused because(Code code, String sentence, String remedy) {
        return new ClientRefused(code, sentence, remedy);
    }

    /** For the log: no control characters, no length without end. */
    static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e\\u00a1-\\ud7ff]", "?");
        return clean.length() <= 120 ? clean : clean.substring(0, 120) + "…";
    }

    private static String label(X509Certificate which) {
        String subject = which.getSubjectX500Principal().getName();
        return "(%s, serial %s) "
                .formatted(printable(subject), which.getSerialNumber().toString(16));
    }
}
