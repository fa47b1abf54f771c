package dev.sobre.tls;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/**
 * Lets our last words arrive, be it the alert of a failed handshake or a service's farewell with
 * its close_notify: where a client has more under way, as one of TLS 1.2 has behind its
 * certificate, closing at once would reset the connection and take them with it. So our side ends,
 * and what still comes is thrown away until the client ends too, for a second at most. (RFC 8446
 * §6.1 lets us close without its close_notify, and Netty's engine over BoringSSL can't wait for
 * it.)
 */
final class LastWord extends ChannelDuplexHandler {
    static final String NAME = "last word";
    private static final long PATIENCE_MILLIS = 1_000;

    private boolean said;
    private boolean held;

    /** Whether what is flushed waits for more, which follows at once. */
    void hold(boolean waits) {
        held = waits;
    }

    /**
     * What is sent from now on are last words: the kernel puts the end of our side into their last
     * segment, instead of behind it in one of its own. (It waits for it for 200 ms at most.)
     */
    static void joinsEnd(Channel channel) {
        if (channel instanceof EpollSocketChannel tcp) tcp.config().setTcpCork(true);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!held) ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!ctx.channel().isActive() || !(ctx.channel() instanceof DuplexChannel tcp)) {
            ctx.close(promise);
            return;
        }
        var _ = tcp.closeFuture().addListener(done -> promise.trySuccess());
        if (!said) end(ctx, tcp);
    }

    private void end(ChannelHandlerContext ctx, DuplexChannel tcp) {
        said = true;
        boolean clientEnded = tcp.isInputShutdown();
        if (!clientEnded) await(ctx, tcp);
        var _ =
                shutDown(ctx, tcp)
                        .addListener(
                                done -> {
                                    if (clientEnded || !done.isSuccess()) ctx.close();
                                });
    }

    /**
     * Netty's own way makes an exception for what is unsent, with its stack trace, which costs more
     * than all the rest of it; mostly there is nothing unsent.
     */
    private static ChannelFuture shutDown(ChannelHandlerContext ctx, DuplexChannel tcp) {
        ChannelOutboundBuffer unsent = tcp.unsafe().outboundBuffer();
        boolean nothing = unsent != null && unsent.isEmpty();
        if (!nothing || !(tcp instanceof UnixChannel own && own.fd() instanceof Socket socket)) {
            return tcp.shutdownOutput();
        }
        try {
            socket.shutdown(false, true);
            return ctx.newSucceededFuture();
        } catch (IOException | NotYetConnectedException reset) {
            return ctx.newFailedFuture(reset);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!said) {
            var _ = ctx.write(message, promise);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!promise.isVoid()) promise.tryFailure(new ClosedChannelException());
    }

    private static void await(ChannelHandlerContext ctx, DuplexChannel tcp) {
        tcp.config().setAutoRead(true);
        var timer = ctx.executor().schedule(() -> ctx.close(), PATIENCE_MILLIS, MILLISECONDS);
        var _ = tcp.closeFuture().addListener(done -> timer.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (said) ReferenceCountUtil.release(message);
        else ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!said) ctx.fireChannelReadComplete();
    }
}
