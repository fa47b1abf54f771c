package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.OptionalInt;

/**
 * Sees an alert that a client sends in the clear during its handshake. One that stumbles over our
 * first message of TLS 1.3 has no keys yet, and an engine that expects encrypted records then finds
 * a broken one. Nobody vouches for such an alert: it explains a failure and causes none.
 */
final class AlertTap extends ChannelInboundHandlerAdapter {
    static final String NAME = "alerts";
    private static final int LENGTH = 2;

    private final RecordWalk walk = new RecordWalk(this::see);
    private OptionalInt alert = OptionalInt.empty();

    /** The first alert by its number, close_notify (0) included. */
    OptionalInt alert() {
        return alert;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) walk.over(bytes);
        ctx.fireChannelRead(message);
    }

    private void see(int type, int size, ByteBuf bytes, int at) {
        boolean clear = type == RecordWalk.ALERT && size == LENGTH;
        if (!clear || alert.isPresent() || bytes.writerIndex() - at < LENGTH) return;
        alert = OptionalInt.of(bytes.getUnsignedByte(at + 1));
    }
}
