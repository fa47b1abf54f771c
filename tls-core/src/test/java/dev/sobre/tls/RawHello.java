package dev.sobre.tls;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ClientHello written field by field, for what no library would send. RFC 8446 §4.1.2.
 *
 * @param version of the hello itself
 * @param suites as hexadecimal digits
 * @param compression the methods, as hexadecimal digits
 * @param extensions by number, their bodies as hexadecimal digits
 */
record RawHello(int version, String suites, String compression, Map<Integer, String> extensions) {
    static final int SERVER_NAME = 0;
    static final int GROUPS = 10;
    static final int POINTS = 11;
    static final int SIGNATURES = 13;
    static final int EARLY_DATA = 42;
    static final int VERSIONS = 43;
    static final int KEY_SHARE = 51;

    /** ECDHE with ECDSA on P-256, as a plain client of TLS 1.2 asks for it. */
    static RawHello tls12() {
        return new RawHello(0x0303, "c02b", "00", Map.of())
                .with(GROUPS, "00020017")
                .with(POINTS, "0100")
                .with(SIGNATURES, "00020403")
                .with(0xff01, "00");
    }

    /** X25519 and ECDSA on P-256, as a plain client of TLS 1.3 asks for it. */
    static RawHello tls13() {
        return new RawHello(0x0303, "1301", "00", Map.of())
                .with(GROUPS, "0002001d")
                .with(SIGNATURES, "00020403")
                .with(VERSIONS, "020304")
                // The base point, which is somebody's public key.
                .with(KEY_SHARE, "0024001d0020" + "09" + "00".repeat(31));
    }

    RawHello with(int extension, String body) {
        var all = new LinkedHashMap<>(extensions);
        all.put(extension, body);
        return new RawHello(version, suites, compression, all);
    }

    RawHello naming(String host) {
        String name = hex(host.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        int length = host.length();
        return with(SERVER_NAME, "%04x00%04x%s".formatted(length + 3, length, name));
    }

    RawHello offering(String otherSuites) {
        return new RawHello(version, otherSuites, compression, extensions);
    }

    RawHello in(int otherVersion) {
        return new RawHello(otherVersion, suites, compression, extensions);
    }

    RawHello compressing(String methods) {
        return new RawHello(version, suites, methods, extensions);
    }

    /** The hello in one record. */
    byte[] record() {
        var fields = new StringBuilder();
        extensions.forEach(
                (type, body) ->
                        fields.append("%04x%04x%s".formatted(type, body.length() / 2, body)));
        String body =
                "%04x".formatted(version)
                        + "11".repeat(32) // random
                        + "00" // no session
                        + "%04x%s".formatted(suites.length() / 2, suites)
                        + "%02x%s".formatted(compression.length() / 2, compression)
                        + "%04x%s".formatted(fields.length() / 2, fields);
        return record(22, "01%06x%s".formatted(body.length() / 2, body));
    }

    /** A record in the clear. */
    static byte[] record(int type, String body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                HexFormat.of().parseHex("%02x0303%04x%s".formatted(type, body.length() / 2, body)));
        return out.toByteArray();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
