package dev.sobre.bench;

import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What growing records are worth and what they cost: the time until a client can use the first
 * octet of an answer, and the event loop's processor time for bulk; beside records of 16 KiB
 * always. {@code bench/tls/record-sizes.sh} runs it on a slow network and on a fast one.
 */
public final class RecordSizes {
    private static final int ANSWER = 64 << 10;
    private static final int ROUNDS = 60;
    private static final long BULK = 4L << 30;

    private RecordSizes() {}

    public static void main(String[] words) throws Exception {
        for (int i = 0; i < 2; i++) { // what comes first is a little colder
            for (boolean grow : new boolean[] {true, false}) {
                try (TlsListener listener = listen(grow)) {
                    if (words[0].equals("first")) first(listener.port(), grow);
                    else bulk(listener.port(), grow);
                }
            }
        }
    }

    private static TlsListener listen(boolean grow) {
        return TlsListener.bind(
                ListenerSettings.loopback(0),
                TlsContext.of(Identity.selfSigned("localhost")),
                (channel, info) -> {
                    if (!grow) alwaysLarge(channel);
                    channel.pipeline().addLast(new Answers());
                });
    }

    /** As it would be without what tls-core does about it. */
    private static void alwaysLarge(Channel channel) {
        channel.pipeline().remove("data");
        channel.pipeline().get(SslHandler.class).setWrapDataSize(16 << 10);
    }

    private static void first(int port, boolean grow) throws Exception {
        double[] first = new double[ROUNDS];
        double[] all = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            try (SSLSocket socket = connect(port)) {
                InputStream in = socket.getInputStream();
                long start = System.nanoTime();
                ask(socket, ANSWER);
                in.read();
                first[i] = (System.nanoTime() - start) / 1e6;
                in.readNBytes(ANSWER - 1);
                all[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        say("%s first octet %.1f ms, 64 KiB %.1f ms", grow, median(first), median(all));
    }

    private static void bulk(int port, boolean grow) throws Exception {
        try (SSLSocket socket = connect(port)) {
            byte[] into = new byte[256 << 10];
            long before = loopNanos();
            long left = BULK;
            while (left > 0) {
                int some = (int) Math.min(left, 64 << 20);
                ask(socket, some);
                for (int read = 0; read < some; ) read += socket.getInputStream().read(into);
                left -= some;
            }
            double millis = (loopNanos() - before) / 1e6;
            say("%s %.0f ms of processor time per GiB", grow, millis / (BULK >> 30));
        }
    }

    private static void say(String words, boolean grow, Object... numbers) {
        Object[] all = new Object[numbers.length + 1];
        all[0] = grow ? "growing:     " : "always 16 KiB:";
        System.arraycopy(numbers, 0, all, 1, numbers.length);
        System.out.println(String.format(Locale.ROOT, words, all));
    }

    private static void ask(SSLSocket socket, int octets) throws IOException {
        byte[] wanted = Unpooled.buffer(4).writeInt(octets).array();
        socket.getOutputStream().write(wanted);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The processor time of the threads that do TLS for the server; the client has its own. */
    private static long loopNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().startsWith("sobre-io")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }

    private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        return socket;
    }

    /** Four octets ask for so many, which come as fast as the client reads them. */
    private static final class Answers extends ChannelInboundHandlerAdapter {
        private static final ByteBuf ZEROS =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer(32 << 10).writeZero(32 << 10));

        private int toSend;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object asked) {
            var bytes = (ByteBuf) asked;
            toSend = bytes.readInt();
            bytes.release();
            send(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            send(ctx);
        }

        private void send(ChannelHandlerContext ctx) {
            while (toSend > 0 && ctx.channel().isWritable()) {
                int some = Math.min(toSend, ZEROS.readableBytes());
                toSend -= some;
                var _ = ctx.writeAndFlush(ZEROS.retainedSlice(0, some));
            }
        }
    }
}
