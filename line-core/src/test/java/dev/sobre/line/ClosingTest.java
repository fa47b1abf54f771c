package dev.sobre.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.TlsInfo;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a connection whose client reads slowly: what was said goes out before the close. */
class ClosingTest {

    private static final Duration STALL = Duration.ofSeconds(60);
    private static final TlsInfo TLS =
            new TlsInfo(
                    "TLSv1.3",
                    "any",
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty());

    private final Network network = new Network();
    private final LineConnection connection =
            new LineConnection("test", 1, network, TLS, Limits.standard().withWriteStall(STALL));

    ClosingTest() throws Exception {
        network.pipeline().addLast(connection.inbox());
        network.freezeTime();
        connection.write("the last words");
    }

    @AfterEach
    void release() {
        connection.release();
        network.finishAndReleaseAll();
    }

    @Test
    void endClosesWhenAllIsSent() {
        connection.end();
        network.pass(STALL.minusSeconds(1));
        assertTrue(network.isOpen());
        network.full = false;
        network.flush();
        network.pass(Duration.ZERO);
        assertFalse(network.isOpen());
        ByteBuf sent = network.readOutbound();
        assertEquals("the last words", sent.toString(StandardCharsets.US_ASCII));
        sent.release();
    }

    @Test
    void endClosesWhenTheClientStalls() {
        connection.end();
        network.pass(STALL);
        assertFalse(network.isOpen());
    }

    @Test
    void abortDoesNotWait() throws Exception {
        connection.flush();
        connection.abort();
        network.pass(Duration.ZERO);
        assertFalse(network.isOpen());
    }

    /** A channel whose socket may be full. */
    private static final class Network extends EmbeddedChannel {
        private boolean full = true;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!full) super.doWrite(in);
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        void pass(Duration time) {
            runPendingTasks();
            advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
            runPendingTasks();
            runPendingTasks(); // what those handed on
        }
    }
}
