package dev.sobre.tls.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * One block of a PEM file: what it says it is, the header fields of old encrypted keys, its octets.
 * RFC 7468, RFC 1421 §4.6.
 */
final class PemBlock {
    private static final int LINE = 64;

    private final String label;
    private final Map<String, String> headers;
    private final byte[] octets;

    /** Takes the octets without copying them. */
    PemBlock(String label, Map<String, String> headers, byte[] octets) {
        this.label = label;
        this.headers = headers;
        this.octets = octets;
    }

    static PemBlock of(String label, byte[] octets) {
        return new PemBlock(label, Map.of(), octets);
    }

    String label() {
        return label;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] octets() {
        return octets;
    }

    /** The block as text, in lines that end as OpenSSL's do. */
    String text() {
        var out = new StringBuilder("-----BEGIN ").append(label).append("-----\n");
        headers.forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
        if (!headers.isEmpty()) out.append('\n');
        byte[] end = {'\n'};
        byte[] lines = Base64.getMimeEncoder(LINE, end).encode(octets);
        out.append(new String(lines, StandardCharsets.US_ASCII)).append('\n');
        return out.append("-----END ").append(label).append("-----\n").toString();
    }
}
