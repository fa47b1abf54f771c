package dev.sobre.tls.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** The first octets of a connection, whatever they are. */
class HelloFuzzTest {

    @FuzzTest(maxExecutions = 50_000)
    void theFirstOctetsAreAHelloOrRefused(byte[] octets) {
        String whole = outcome(octets, octets.length);
        assertEquals(whole, outcome(octets, 1)); // however it is split
    }

    /** What is read of it, or why nothing is. */
    private static String outcome(byte[] octets, int packet) {
        var reader = new HelloReader();
        var all = Unpooled.buffer();
        try {
            for (int at = 0; at < octets.length; at += packet) {
                all.writeBytes(octets, at, Math.min(packet, octets.length - at));
                Optional<ClientHello> hello = reader.read(all);
                if (hello.isPresent()) return hello.get().toString();
            }
            return "not whole";
        } catch (BadHello refused) {
            assertFalse(refused.words().isEmpty());
            return "refused";
        }
    }
}
