package dev.sobre.tls;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

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
                tcp.shutdownOutput()
                        .addListener(
                                done -> {
                                    if (clientEnded || !done.isSuccess()) ctx.close();
                                });
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
