package dev.sobre.bench;

import dev.sobre.tls.Admission;
import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsListener;
import dev.sobre.tls.pki.PkiException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A TLS port that answers the requests of {@code bench/tls/tlsload.c} and does nothing else, so
 * that what it costs is tls-core's. Arguments: port, certificate file, key file.
 */
public final class TlsEndpoint {

    private TlsEndpoint() {}

    public static void main(String[] words) throws PkiException, InterruptedException {
        var tls = TlsContext.of(Identity.load(Path.of(words[1]), Path.of(words[2])));
        var everybody = Admission.standard().withConnections(100_000, 100_000);
        var settings =
                ListenerSettings.loopback(Integer.parseInt(words[0])).withAdmission(everybody);
        try (var listener =
                TlsListener.bind(
                        settings,
                        tls,
                        (channel, info) -> channel.pipeline().addLast(new Answers()))) {
            System.out.println("ready " + listener.port());
            new CountDownLatch(1).await();
        }
    }

    /** Two bytes of request; the first says whether octets follow, or are wanted. */
    private static final class Answers extends ChannelInboundHandlerAdapter {
        private static final int BULK = 64 << 20;
        private static final ByteBuf ZEROS =
                Unpooled.unreleasableBuffer(Unpooled.directBuffer(16 << 10).writeZero(16 << 10));

        private int first = -1;
        private int toTake;
        private int toSend;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var bytes = (ByteBuf) message;
            while (bytes.isReadable()) {
                if (toTake > 0) take(ctx, bytes);
                else if (first < 0) first = bytes.readByte();
                else begin(ctx, bytes.readByte());
            }
            bytes.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            send(ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the client has hung up
        }

        private void begin(ChannelHandlerContext ctx, byte second) {
            switch (first) {
                case 'd' -> {
                    toSend = BULK;
                    send(ctx);
                }
                case 'u' -> toTake = BULK;
                default -> answer(ctx, first, second);
            }
            first = -1;
        }

        private void take(ChannelHandlerContext ctx, ByteBuf bytes) {
            int some = Math.min(toTake, bytes.readableBytes());
            bytes.skipBytes(some);
            toTake -= some;
            if (toTake == 0) answer(ctx, 'u', (byte) '\n');
        }

        private void send(ChannelHandlerContext ctx) {
            while (toSend > 0 && ctx.channel().isWritable()) {
                int some = Math.min(toSend, ZEROS.readableBytes());
                toSend -= some;
                ctx.writeAndFlush(ZEROS.retainedSlice(0, some));
            }
        }

        private static void answer(ChannelHandlerContext ctx, int first, byte second) {
            ctx.write(ctx.alloc().directBuffer(2).writeByte(first).writeByte(second));
        }
    }
}
