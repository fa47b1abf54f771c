package dev.sobre.tls;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Has the session tickets of TLS 1.3, which the JDK's engine sends by itself after the handshake,
 * leave with the first data of the service, as BoringSSL does: in one segment, not two. In TLS 1.2
 * the client waits for the Finished that goes with the ticket, so nothing is held.
 */
final class TicketHold extends ChannelDuplexHandler {
    private final SslHandler engine;
    private final Gate gate = new Gate();

    TicketHold(SslHandler engine) {
        this.engine = engine;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent end) {
            boolean tickets =
                    end.isSuccess() && engine.engine().getSession().getProtocol().equals("TLSv1.3");
            if (tickets) ctx.pipeline().addBefore("tls", "gate", gate);
            else ctx.pipeline().remove(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        open(ctx);
        ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        open(ctx);
        ctx.close(promise);
    }

    /** Before the engine has what follows, whose flush takes all along. */
    private void open(ChannelHandlerContext ctx) {
        if (gate.closed) {
            ctx.pipeline().remove(gate);
            ctx.pipeline().remove(this);
        }
    }

    /** In front of the engine: lets nothing leave by itself. */
    private static final class Gate extends ChannelOutboundHandlerAdapter {
        private boolean closed;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            closed = true;
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {}

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            ctx.flush(); // the engine's last alert
            ctx.close(promise);
        }
    }
}
