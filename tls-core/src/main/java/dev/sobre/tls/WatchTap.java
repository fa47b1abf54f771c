package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Lets somebody see what goes over the wire, until the handshake is over. */
final class WatchTap extends ChannelDuplexHandler {
    static final String NAME = "watch";

    private final HandshakeWatch.Watched watched;

    WatchTap(HandshakeWatch.Watched watched) {
        this.watched = watched;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) watched.received(bytes);
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) watched.sent(bytes);
        var _ = ctx.write(message, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        watched.gone(); // the handshake went well, or the channel is closed
    }

    void failed(HandshakeFailure failure) {
        watched.failed(failure);
    }

    /** Told before the service takes over, whose bytes are nobody's business. */
    void secured(TlsInfo info) {
        watched.secured(info);
    }
}
