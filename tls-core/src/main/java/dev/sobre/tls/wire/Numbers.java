package dev.sobre.tls.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of versions, suites and groups that travel as numbers. IANA “TLS Parameters”. */
public final class Numbers {
    public static final int TLS_1_2 = 0x0303;
    public static final int TLS_1_3 = 0x0304;

    private static final Map<Integer, String> VERSIONS =
            Map.of(
                    0x0002, "SSL 2.0", 0x0300, "SSL 3.0", 0x0301, "TLS 1.0", 0x0302, "TLS 1.1",
                    TLS_1_2, "TLS 1.2", TLS_1_3, "TLS 1.3");

    private static final Map<Integer, String> GROUPS =
            Map.ofEntries(
                    Map.entry(0x11EC, "X25519MLKEM768"),
                    Map.entry(0x11EB, "SecP256r1MLKEM768"),
                    Map.entry(0x11ED, "SecP384r1MLKEM1024"),
                    Map.entry(0x6399, "X25519Kyber768Draft00"),
                    Map.entry(0x001D, "X25519"),
                    Map.entry(0x001E, "X448"),
                    Map.entry(0x0017, "P-256"),
                    Map.entry(0x0018, "P-384"),
                    Map.entry(0x0019, "P-521"),
                    Map.entry(0x001A, "brainpoolP256r1"),
                    Map.entry(0x001B, "brainpoolP384r1"),
                    Map.entry(0x0016, "secp256k1"),
                    Map.entry(0x0015, "P-224"),
                    Map.entry(0x0013, "P-192"),
                    Map.entry(0x0100, "ffdhe2048"),
                    Map.entry(0x0101, "ffdhe3072"),
                    Map.entry(0x0102, "ffdhe4096"));

    private static final Map<Integer, String> SUITES =
            Map.ofEntries(
                    Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
                    Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
                    Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0x1304, "TLS_AES_128_CCM_SHA256"),
                    Map.entry(0x1305, "TLS_AES_128_CCM_8_SHA256"),
                    Map.entry(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
                    Map.entry(0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
                    Map.entry(0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
                    Map.entry(0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
                    Map.entry(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
                    Map.entry(0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
                    Map.entry(0xCCAA, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                    Map.entry(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
                    Map.entry(0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
                    Map.entry(0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
                    Map.entry(0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
                    Map.entry(0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"),
                    Map.entry(0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
                    Map.entry(0x0004, "TLS_RSA_WITH_RC4_128_MD5"));

    private Numbers() {}

    public static String version(int number) {
        return named(VERSIONS, number);
    }

    public static String group(int number) {
        return named(GROUPS, number);
    }

    public static String suite(int number) {
        return named(SUITES, number);
    }

    /** Names of a list, at most eight of them; placeholders of GREASE (RFC 8701) are left out. */
    public static String versions(List<Integer> numbers) {
        return list(VERSIONS, numbers);
    }

    public static String groups(List<Integer> numbers) {
        return list(GROUPS, numbers);
    }

    public static String suites(List<Integer> numbers) {
        // 0x00FF and 0x5600 are signals (RFC 5746, RFC 7507), not suites.
        return list(SUITES, numbers.stream().filter(n -> n != 0x00FF && n != 0x5600).toList());
    }

    private static String named(Map<Integer, String> names, int number) {
        return names.getOrDefault(number, "0x%04X".formatted(number));
    }

    private static String list(Map<Integer, String> names, List<Integer> numbers) {
        var real = numbers.stream().filter(n -> !grease(n)).toList();
        if (real.isEmpty()) return "nothing";
        String shown =
                real.stream().limit(8).map(n -> named(names, n)).collect(Collectors.joining(", "));
        return real.size() <= 8 ? shown : shown + " and " + (real.size() - 8) + " more";
    }

    private static boolean grease(int number) {
        return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
    }
}
