package dev.sobre.tls;

import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.MailNames;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * For whom a verified client certificate stands: whoever a table says, or else the mail addresses
 * of its subjectAltName.
 */
public final class ClientNames {

    /** The accepted forms of a table's keys. */
    public static final String KEYS =
            "\"sha256:…\" (fingerprint), \"subject:CN=…\", \"email:…\", \"dns:…\", \"uri:…\"";

    private static final ClientNames AS_WRITTEN = new ClientNames(Map.of());

    private final Map<String, String> table;

    private ClientNames(Map<String, String> table) {
        this.table = table;
    }

    /** The mail addresses that stand in the certificate. */
    public static ClientNames asWritten() {
        return AS_WRITTEN;
    }

    /**
     * Addresses by what is seen in a certificate; where nothing of it is in the table, the
     * addresses that stand in the certificate.
     *
     * @param table keys in one of the forms {@link #KEYS}
     * @throws IllegalArgumentException for another key
     */
    public static ClientNames of(Map<String, String> table) {
        var canonical = new LinkedHashMap<String, String>();
        table.forEach((key, address) -> canonical.put(canonical(key), address));
        return new ClientNames(canonical);
    }

    /** Mail addresses, each once. */
    List<String> of(X509Certificate certificate) {
        if (table.isEmpty()) return MailNames.addresses(certificate);
        var mapped = keys(certificate).stream().filter(table::containsKey).map(table::get);
        var found = mapped.distinct().toList();
        return found.isEmpty() ? MailNames.addresses(certificate) : found;
    }

    private static List<String> keys(X509Certificate certificate) {
        var keys = new ArrayList<String>();
        keys.add(
                canonical(
                        "sha256:" + CertificateFacts.of(certificate, Instant.EPOCH).fingerprint()));
        keys.add(
                "subject:"
                        + certificate.getSubjectX500Principal().getName(X500Principal.CANONICAL));
        for (String name : MailNames.keys(certificate)) keys.add(canonical(name));
        return keys;
    }

    private static String canonical(String key) {
        int colon = key.indexOf(':');
        String kind = colon < 0 ? "" : key.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = key.substring(colon + 1).strip();
        if (rest.isEmpty()) throw wrong(key);
        return switch (kind) {
            case "sha256" -> "sha256:" + fingerprint(key, rest);
            case "subject" -> "subject:" + new X500Principal(rest).getName(X500Principal.CANONICAL);
            case "email", "dns" -> kind + ":" + rest.toLowerCase(Locale.ROOT);
            case "uri" -> kind + ":" + rest;
            default -> throw wrong(key);
        };
    }

    private static String fingerprint(String key, String hex) {
        String digits = hex.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) throw wrong(key);
        return digits;
    }

    private static IllegalArgumentException wrong(String key) {
        return new IllegalArgumentException(
                "\"" + key + "\" names no certificate; accepted are " + KEYS);
    }
}
