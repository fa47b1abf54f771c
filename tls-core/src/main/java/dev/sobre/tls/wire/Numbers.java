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
            RegisteredSuite.all().stream()
                    .collect(Collectors.toMap(RegisteredSuite::number, RegisteredSuite::name));

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

    /** RFC 8701: placeholders that keep servers tolerant. */
    public static boolean grease(int number) {
        return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
    }
}
