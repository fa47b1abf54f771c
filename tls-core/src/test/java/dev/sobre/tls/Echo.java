package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server of the tests: sends back what comes, and keeps what it was told of handshakes. */
public final class Echo implements AutoCloseable {
    private final BlockingQueue<TlsInfo> secured = new LinkedBlockingQueue<>();
    private final BlockingQueue<InetSocketAddress> peers = new LinkedBlockingQueue<>();
    private final BlockingQueue<HandshakeFailure> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();
    private final ArrayDeque<TlsListener> listeners = new ArrayDeque<>();
    private final TlsContext tls;
    private volatile boolean greets;

    public Echo(TlsSettings settings) {
        this.tls = TlsContext.of(settings.withFailures(failures::add));
    }

    public static Echo of(Identity... identities) {
        return new Echo(TlsSettings.of(identities[0]).withIdentities(List.of(identities)));
    }

    public int listen() {
        return listen(UnaryOperator.identity());
    }

    public int listen(UnaryOperator<ListenerSettings> with) {
        var settings = with.apply(ListenerSettings.loopback(0).withName("echo"));
        listeners.add(TlsListener.bind(settings, tls, this::take));
        return listeners.getLast().port();
    }

    TlsContext tls() {
        return tls;
    }

    /** Speaks first from now on, as mail servers do. */
    public Echo greeting() {
        greets = true;
        return this;
    }

    /** How many handshakes resumed. */
    List<SessionCounts> sessions() {
        return tls.sessions();
    }

    /** The next handshake that succeeded. */
    public TlsInfo secured() throws InterruptedException {
        return next(secured, "no handshake succeeded");
    }

    /** The address of the client of the next handshake that succeeded. */
    InetSocketAddress peer() throws InterruptedException {
        return next(peers, "no handshake succeeded");
    }

    /** The next handshake that failed. */
    public HandshakeFailure failure() throws InterruptedException {
        return next(failures, "no handshake failed");
    }

    StreamEnd end() throws InterruptedException {
        return next(ends, "no stream ended");
    }

    @Override
    public void close() {
        listeners.forEach(TlsListener::close);
    }

    private void take(Channel channel, TlsInfo info) {
        secured.add(info);
        peers.add(Peer.address(channel));
        channel.pipeline().addLast(new Handler());
        if (greets) {
            var _ = channel.writeAndFlush(Unpooled.copiedBuffer("* OK\r\n", US_ASCII));
        }
    }

    private static <T> T next(BlockingQueue<T> queue, String otherwise)
            throws InterruptedException {
        T found = queue.poll(10, TimeUnit.SECONDS);
        if (found == null) throw new AssertionError(otherwise);
        return found;
    }

    /** Sends back what comes. */
    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            var _ = ctx.writeAndFlush(bytes);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            StreamEnd.of(event).ifPresent(ends::add);
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
