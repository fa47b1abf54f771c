package dev.sobre.tls.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.ProxyHeaders;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderTest {

    @Test
    void isReadOnceItIsWhole() throws Exception {
        byte[] whole = ProxyHeaders.of("192.0.2.7", 51234, new byte[] {4, 0, 1, 0});
        for (int cut = 0; cut < whole.length; cut++) {
            assertEquals(Optional.empty(), read(Arrays.copyOf(whole, cut)));
        }
        var header = read(Arrays.copyOf(whole, whole.length + 9)).orElseThrow();
        assertEquals(whole.length, header.length());
        assertEquals("/192.0.2.7:51234", header.client().orElseThrow().toString());
    }

    @Test
    void aUnixOrUnknownClientHasNoAddress() throws Exception {
        var unix = read(ProxyHeaders.of(0x21, 0x31, new byte[216])).orElseThrow();
        assertEquals(Optional.empty(), unix.client());
        var unknown = read(ProxyHeaders.of(0x21, 0x00, new byte[7])).orElseThrow();
        assertEquals(Optional.empty(), unknown.client());
        assertEquals(23, unknown.length());
    }

    @Test
    void aLocalOneMayCarryAddressesThatMeanNothing() throws Exception {
        var local = read(ProxyHeaders.of(0x20, 0x11, new byte[3])).orElseThrow();
        assertEquals(new ProxyHeader(Optional.empty(), 19), local);
    }

    /** Command, family and length, and what is said about them. */
    @ParameterizedTest
    @CsvSource({
        "0x22, 0x11, 12, unknown version and command",
        "0x11, 0x11, 12, unknown version and command",
        "0x21, 0x12, 12, address family",
        "0x21, 0x41, 12, address family",
        "0x21, 0x11, 11, too short",
        "0x21, 0x21, 35, too short",
        "0x21, 0x31, 215, too short",
        "0x21, 0x11, 2033, announces 2049 octets",
    })
    void refusesWhatNoProxySends(String command, String family, int length, String words) {
        byte[] header =
                ProxyHeaders.of(Integer.decode(command), Integer.decode(family), new byte[length]);
        // The fixed part is enough to refuse it: nothing more is gathered.
        byte[] start = Arrays.copyOf(header, 16);
        var bad = assertThrows(BadProxyHeader.class, () -> read(start));
        assertTrue(bad.words().contains(words), bad.words());
    }

    @Test
    void anyBytesAreAHeaderOrRefused() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            byte[] bytes = ProxyHeaders.of(0x20 | random.nextInt(3), random.nextInt(64), body);
            if (random.nextBoolean()) bytes[random.nextInt(bytes.length)] ^= 1;
            try {
                var _ = read(bytes); // nothing but BadProxyHeader comes out
            } catch (BadProxyHeader refused) {
                assertTrue(!refused.words().isEmpty());
            }
        }
    }

    private static Optional<ProxyHeader> read(byte[] bytes) throws BadProxyHeader {
        return ProxyHeader.read(Unpooled.wrappedBuffer(bytes));
    }
}
