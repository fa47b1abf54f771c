package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** A client whose records never have data. */
class WireSideTest {
    private static final byte[] KEY_UPDATE_OR_SO = {23, 3, 3, 0, 2, 1, 1};

    private final Traffic traffic = new Traffic();
    private final EmbeddedChannel channel = new EmbeddedChannel(new WireSide(traffic));

    private void receive(int records) {
        for (int i = 0; i < records; i++) {
            channel.writeInbound(Unpooled.copiedBuffer(KEY_UPDATE_OR_SO));
        }
        channel.releaseInbound();
    }

    @Test
    void isSentAway() {
        receive(WireSide.RECORDS_WITHOUT_DATA + 1);
        assertTrue(channel.isOpen());
        receive(1);
        assertFalse(channel.isOpen());
        assertEquals(WireSide.RECORDS_WITHOUT_DATA + 1, traffic.recordsIn());
    }

    @Test
    void isNotWhoSendsDataNowAndThen() {
        for (int i = 0; i < 20; i++) {
            receive(WireSide.RECORDS_WITHOUT_DATA / 2);
            traffic.dataReceived(1);
        }
        assertTrue(channel.isOpen());
    }

    /** Each octet by itself, as a client may send them. */
    @Test
    void recordsAreCountedHoweverTheyAreCut() {
        for (int i = 0; i < 10; i++) {
            for (byte octet : KEY_UPDATE_OR_SO) {
                channel.writeInbound(Unpooled.copiedBuffer(new byte[] {octet}));
            }
        }
        channel.releaseInbound();
        assertEquals(10, traffic.recordsIn());
        assertEquals(10L * KEY_UPDATE_OR_SO.length, traffic.wireIn());
    }
}
