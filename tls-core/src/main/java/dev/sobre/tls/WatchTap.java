package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets somebody see what goes over the wire, until the handshake is over. */
final class WatchTap extends ChannelDuplexHandler {
    static final String NAME = "watch";

    private static final Logger LOG = LoggerFactory.getLogger(WatchTap.class);

    private final HandshakeWatch.Watched watched;
    private boolean broken;

    WatchTap(HandshakeWatch.Watched watched) {
        this.watched = watched;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) shielded(() -> watched.received(bytes));
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) shielded(() -> watched.sent(bytes));
        var _ = ctx.write(message, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        shielded(watched::gone); // the handshake went well, or the channel is closed
    }

    void failed(HandshakeFailure failure) {
        shielded(() -> watched.failed(failure));
    }

    /** Told before the service takes over, whose bytes are nobody's business. */
    void secured(TlsInfo info) {
        shielded(() -> watched.secured(info));
    }

    /** Who only looks on must not end what he looks at. */
    private void shielded(Runnable look) {
        if (broken) return;
        try {
            look.run();
        } catch (RuntimeException e) {
            broken = true;
            LOG.error("whoever watches handshakes failed", e);
        }
    }
}
