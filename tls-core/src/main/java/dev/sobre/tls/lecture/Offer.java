package dev.sobre.tls.lecture;

import dev.sobre.tls.TlsPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** The versions and suites that the client offers. */
record Offer(List<ProtocolVersion> versions, List<Integer> suites) {
    private static final Map<String, ProtocolVersion> VERSIONS =
            Map.of("TLSv1.3", ProtocolVersion.TLSv13, "TLSv1.2", ProtocolVersion.TLSv12);

    private static final List<Integer> SCHEMES =
            List.of(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807);

    /** SHA-1 with RSA and ECDSA, DSA. */
    private static final List<Integer> OLD = List.of(0x0203, 0x0201, 0x0402, 0x0202);

    /**
     * @throws IllegalArgumentException for a suite or a version that cannot be offered
     */
    static Offer of(LectureOptions options, TlsCrypto crypto) {
        Optional<ProtocolVersion> version = options.version().map(Offer::version);
        if (options.suite().isPresent()) return only(options.suite().get(), version, crypto);
        var standard = TlsPolicy.standard().suites();
        var known = known();
        return new Offer(
                version.map(List::of)
                        .orElse(List.of(ProtocolVersion.TLSv13, ProtocolVersion.TLSv12)),
                standard.stream()
                        .filter(name -> version.isEmpty() || version.get().equals(versionOf(name)))
                        .map(known::get)
                        .toList());
    }

    private static Offer only(String name, Optional<ProtocolVersion> version, TlsCrypto crypto) {
        Integer number = known().get(name);
        boolean can = number != null && speaks(name) && supported(number, crypto);
        if (number == null || !can) {
            throw new IllegalArgumentException(
                    name
                            + " is no suite that this client can speak; write its IANA name, such"
                            + " as TLS_AES_128_GCM_SHA256 or TLS_RSA_WITH_AES_128_CBC_SHA");
        }
        if (version.isPresent() && !version.get().equals(versionOf(name))) {
            throw new IllegalArgumentException(name + " belongs to " + words(versionOf(name)));
        }
        return new Offer(List.of(versionOf(name)), List.of(number));
    }

    /** What needs a secret arranged beforehand or proves nothing is not spoken. */
    private static boolean speaks(String name) {
        return !name.contains("PSK") && !name.contains("SRP") && !name.contains("_SCSV");
    }

    private static boolean supported(int number, TlsCrypto crypto) {
        return TlsUtils.getSupportedCipherSuites(crypto, new int[] {number}).length > 0;
    }

    private static ProtocolVersion version(String name) {
        ProtocolVersion found = VERSIONS.get(name);
        if (found != null) return found;
        throw new IllegalArgumentException(name + " is not TLSv1.3 or TLSv1.2");
    }

    private static ProtocolVersion versionOf(String suite) {
        return suite.contains("_WITH_") ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13;
    }

    private static String words(ProtocolVersion version) {
        return version.equals(ProtocolVersion.TLSv13) ? "TLS 1.3" : "TLS 1.2";
    }

    /** All suites that the library has a number for. */
    private static Map<String, Integer> known() {
        var all = new TreeMap<String, Integer>();
        for (var field : CipherSuite.class.getFields()) {
            if (field.getType() != int.class) continue;
            try {
                all.put(field.getName(), field.getInt(null));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("a public constant cannot be read", e);
            }
        }
        return all;
    }

    /** Signature schemes: today's, and with a suite that was asked for also those of its time. */
    List<Integer> schemes() {
        return suites.size() > 1 ? SCHEMES : Stream.of(SCHEMES, OLD).flatMap(List::stream).toList();
    }

    ProtocolVersion[] versionArray() {
        return versions.toArray(ProtocolVersion[]::new);
    }

    int[] suiteArray() {
        return suites.stream().mapToInt(Integer::intValue).toArray();
    }
}
