package dev.sobre.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The records that a server sends, as they are on the wire. */
class RecordsTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");
    // Header, content type, tag; the JDK pads by 16 octets.
    private static final int MOST_OF_SMALL = DataSide.SMALL + 5 + 1 + 16 + 16;
    private static final int BULK = 400_000;

    private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();

    private TlsListener listen(Engine engine) {
        return TlsListener.bind(
                ListenerSettings.loopback(0),
                TlsContext.of(TlsSettings.of(LOCALHOST).withEngine(engine)),
                (channel, info) -> {
                    channels.add(channel);
                    channel.pipeline().addLast(new Sender());
                });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void recordsAreSmallAtFirstLargeInBulkAndSmallAfterAPause(Engine engine) throws Exception {
        try (var listener = listen(engine);
                var tcp = new Watched(listener.port())) {
            SSLSocket socket = JdkPeer.trusting(LOCALHOST).over(tcp);
            ask(socket, 2); // at once, so that the server is busy however slow we are
            List<Integer> sizes = tcp.records();
            assertTrue(sizes.stream().anyMatch(size -> size > DataSide.LARGE), "bulk: " + sizes);
            int small = (int) sizes.stream().filter(size -> size <= MOST_OF_SMALL).count();
            assertTrue(small >= DataSide.YOUNG / DataSide.SMALL, "small ones: " + sizes);
            assertTrue(small < 2 * (DataSide.YOUNG / DataSide.SMALL), "small once: " + sizes);
            assertTrue(sizes.size() < small + 2 * 30, "few records in bulk: " + sizes);

            Thread.sleep(1100); // a pause is what this is about
            tcp.forget();
            ask(socket, 1);
            assertTrue(tcp.records().getFirst() <= MOST_OF_SMALL, "paused: " + tcp.records());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void trafficIsCounted(Engine engine) throws Exception {
        try (var listener = listen(engine);
                var tcp = new Watched(listener.port())) {
            SSLSocket socket = JdkPeer.trusting(LOCALHOST).over(tcp);
            ask(socket, 1);
            Channel channel = channels.poll(10, TimeUnit.SECONDS);
            Traffic traffic = Traffic.of(channel);
            assertEquals(1, traffic.dataIn());
            assertEquals(BULK, traffic.dataOut());
            await().untilAsserted(() -> assertEquals(tcp.octets, traffic.wireOut()));
            assertEquals(tcp.all, traffic.recordsOut());
            assertTrue(traffic.recordsIn() >= 3, "hello, Finished, data");
            assertTrue(traffic.wireIn() > 250, "more than a hello");
        }
    }

    /** Has the server send so much in one write, so often. */
    private static void ask(SSLSocket socket, int times) throws IOException {
        for (int i = 0; i < times; i++) socket.getOutputStream().write(1);
        assertEquals(times * BULK, socket.getInputStream().readNBytes(times * BULK).length);
    }

    private static final class Sender extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object asked) {
            ((ByteBuf) asked).release();
            var _ = ctx.writeAndFlush(ctx.alloc().directBuffer(BULK).writeZero(BULK));
        }
    }

    /** A client's TCP connection that notes the size of each record, header included. */
    private static final class Watched extends Socket {
        private final List<Integer> records = new ArrayList<>();
        private final byte[] header = new byte[5];
        private int headerRead;
        private int left;
        private int all;
        private long octets;

        Watched(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
        }

        List<Integer> records() {
            return records;
        }

        void forget() {
            records.clear();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    int read = super.read(into, from, length);
                    for (int i = 0; i < read; i++) note(into[from + i]);
                    return read;
                }
            };
        }

        private void note(byte octet) {
            octets++;
            if (left > 0) {
                left--;
                return;
            }
            header[headerRead++] = octet;
            if (headerRead < header.length) return;
            headerRead = 0;
            left = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
            all++;
            records.add(header.length + left);
        }
    }
}
