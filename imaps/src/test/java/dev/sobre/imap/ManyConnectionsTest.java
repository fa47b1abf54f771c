package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Admission;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As many clients as wait in a large house, each with INBOX selected and in IDLE. */
class ManyConnectionsTest {

    /** Or as many as there are files for: each connection has both its ends in this process. */
    private static final int MOST = 10_000;

    private static final int AT_ONCE = 50;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final Semaphore room = new Semaphore(AT_ONCE); // for handshakes and logins
    private final int count = (int) Math.min(MOST, (openFiles() - 500) / 2);
    private final CountDownLatch idling = new CountDownLatch(count);
    private final CountDownLatch told = new CountDownLatch(count);

    private static long openFiles() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Two ends of a connection, and what the test itself has of each. */
    @Test
    @Tag("nightly")
    void allHearOfAChangeAndTakeLittle() throws Exception {
        assertTrue(count >= 1000, "allow more open files: ulimit -n 20500");
        SslContext tls =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build();
        try (var server = server();
                var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            var clients =
                    new Bootstrap()
                            .group(loops)
                            .channel(NioSocketChannel.class)
                            .handler(
                                    new ChannelInitializer<Channel>() {
                                        @Override
                                        protected void initChannel(Channel channel) {
                                            channel.pipeline()
                                                    .addLast(tls.newHandler(channel.alloc()))
                                                    .addLast(new Waiting());
                                        }
                                    });
            long before = Memory.used();
            for (int i = 0; i < count; i++) {
                assertTrue(room.tryAcquire(1, MINUTES), () -> idling.getCount() + " are missing");
                clients.connect("127.0.0.1", server.port());
            }
            assertTrue(idling.await(1, MINUTES), () -> idling.getCount() + " are missing");
            long each = (Memory.used() - before) / count;
            append();
            assertTrue(told.await(1, MINUTES), () -> told.getCount() + " were not told");
            assertTrue(each < 64 << 10, () -> "a connection takes " + each);
        }
    }

    private ImapsServer server() {
        var settings = ImapSettings.onLoopback(0);
        var many = Admission.standard().withConnections(2 * MOST, 2 * MOST);
        return Served.over(store, settings.withListener(settings.listener().withAdmission(many)));
    }

    private void append() {
        var inbox = store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
        var body = BlobSource.Bytes.of("Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII));
        var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.now());
        store.append(inbox, List.of(delivery));
    }

    /** A client that logs in, waits, and takes note of the first thing it is told. */
    private final class Waiting extends SimpleChannelInboundHandler<ByteBuf> {

        private static final String COMMANDS =
                "1 LOGIN ann@example.org secret\r\n2 SELECT INBOX\r\n3 IDLE\r\n";

        private StringBuilder heard = new StringBuilder();
        private boolean greeted;
        private boolean idle;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
            heard.append(octets.toString(US_ASCII));
            if (!greeted && heard.indexOf("\r\n") > 0) {
                greeted = true;
                context.writeAndFlush(Unpooled.copiedBuffer(COMMANDS, US_ASCII));
            }
            if (!idle && heard.indexOf("+ idling") >= 0) {
                idle = true;
                heard = new StringBuilder();
                idling.countDown();
                room.release();
            }
            if (idle && heard.indexOf("* 1 EXISTS\r\n") >= 0) {
                heard = new StringBuilder();
                told.countDown();
            }
        }
    }
}
