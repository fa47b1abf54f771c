package dev.sobre.tls.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trace of RFC 8448 §3. */
class Tls13ScheduleTest {
    private static final List<Secret> STEPS =
            Tls13Schedule.of(
                    new Tls13Schedule.Inputs(
                            "TLS_AES_128_GCM_SHA256",
                            "SHA-256",
                            bytes(
                                    "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"),
                            hash(
                                    "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"),
                            hash(
                                    "9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13"),
                            hash(
                                    "209145a96ee8e2a122ff810047cc952684658d6049e86429426db87c54ad143d")));

    @Test
    void secretsInTheirOrder() {
        has("early secret", "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a");
        has("derived", "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba");
        has("handshake secret", "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac");
        has(
                "client handshake traffic secret",
                "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21");
        has(
                "server handshake traffic secret",
                "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
        has("master secret", "18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919");
        has(
                "client application traffic secret",
                "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5");
        has(
                "server application traffic secret",
                "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643");
        has(
                "exporter master secret",
                "fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50");
        has(
                "resumption master secret",
                "7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c");
    }

    @Test
    void keysStandBelowTheirSecrets() {
        below("client handshake traffic secret", "  key", "dbfaa693d1762c5b666af5d950258d01");
        below("client handshake traffic secret", "  IV", "5bd3c71b836e0b76bb73265f");
        below("server handshake traffic secret", "  key", "3fce516009c21727d0f2e4e86ee403bc");
        below("server handshake traffic secret", "  IV", "5d313eb2671276ee13000b30");
    }

    @Test
    void aBrokenOffHandshakeHasNoLaterSecrets() {
        var early =
                Tls13Schedule.of(
                        new Tls13Schedule.Inputs(
                                "TLS_AES_256_GCM_SHA384",
                                "SHA-384",
                                new byte[32],
                                Optional.of(new byte[48]),
                                Optional.empty(),
                                Optional.empty()));
        assertEquals("master secret", early.getLast().name());
        assertEquals(96, early.getLast().hex().length());
    }

    private static void has(String name, String hex) {
        assertEquals(hex, step(name).hex(), name);
    }

    private static void below(String secret, String name, String hex) {
        var rest = STEPS.subList(STEPS.indexOf(step(secret)), STEPS.size());
        var found = rest.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
        assertEquals(hex, found.hex(), secret + name);
    }

    private static Secret step(String name) {
        return STEPS.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static Optional<byte[]> hash(String hex) {
        return Optional.of(bytes(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
