package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Admission;
import dev.sobre.tls.Appetite;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.Secured;
import dev.sobre.tls.TlsInfo;
import dev.sobre.tls.TlsListener;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.CharsetUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a stranger takes who connects and says nothing. LESSONS 2. */
class StrangersMemoryTest {

    private static final int STRANGERS = 200;

    private static final int MOST = 16 << 10;

    private static final Admission MANY =
            Admission.standard().withConnections(2 * STRANGERS, 2 * STRANGERS);

    @Test
    void aStrangerTakesLittleBeyondTls() throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        var settings = ImapSettings.onLoopback(0);
        settings = settings.withListener(settings.listener().withAdmission(MANY));
        var bare = ListenerSettings.loopback(0).withAdmission(MANY);
        var open = new AtomicInteger();
        try (var listener = TlsListener.bind(bare, Served.TLS, new Greeting(open));
                var server = Served.over(store, settings)) {
            // First so that all is there that is made once, and pools are filled.
            taken(listener.port(), open::get);
            taken(server.port(), () -> server.sessions().size());
            long tls = taken(listener.port(), open::get);
            long all = taken(server.port(), () -> server.sessions().size());
            assertTrue(all - tls < MOST, "a stranger takes " + all + ", with TLS alone " + tls);
        }
    }

    /** What each of so many strangers takes, with its own end of the connection. */
    private static long taken(int port, IntSupplier open) throws IOException {
        long before = Memory.used();
        var strangers = new ArrayList<TestClient>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                var stranger = new TestClient(port);
                strangers.add(stranger);
                assertTrue(stranger.line().startsWith("* OK"));
            }
            return (Memory.used() - before) / STRANGERS;
        } finally {
            for (var stranger : strangers) stranger.close();
            // What is not over yet would lie in what is in use before the next.
            Awaitility.await().until(() -> open.getAsInt() == 0);
        }
    }

    /** A service that says a line, and keeps nothing. */
    private record Greeting(AtomicInteger open) implements Secured {
        @Override
        public void secured(Channel channel, TlsInfo tls) {
            open.incrementAndGet();
            channel.closeFuture().addListener(_ -> open.decrementAndGet());
            Appetite.little(channel); // as the server's strangers are read
            channel.writeAndFlush(Unpooled.copiedBuffer("* OK\r\n", CharsetUtil.US_ASCII));
        }

        @Override
        public void turnedAway(Channel channel, TlsInfo tls) {
            channel.close();
        }
    }
}
