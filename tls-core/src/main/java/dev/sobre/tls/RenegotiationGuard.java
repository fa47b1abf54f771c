package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection whose client asks for a second handshake, which the JDK's engine would grant.
 * Record types travel in the clear: in TLS 1.2 one handshake record (Finished) follows the client's
 * ChangeCipherSpec, and in TLS 1.3 at most the second hello; another is a renegotiation.
 */
final class RenegotiationGuard extends ChannelInboundHandlerAdapter {
    private final RecordWalk walk = new RecordWalk((type, size, bytes, at) -> see(type));
    private boolean changed;
    private boolean finished;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!refused && message instanceof ByteBuf bytes) walk.over(bytes);
        if (!refused) {
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        var _ = ctx.channel().close();
    }

    private void see(int type) {
        if (type == RecordWalk.CHANGE_CIPHER_SPEC) changed = true;
        if (type != RecordWalk.HANDSHAKE || !changed) return;
        refused |= finished;
        finished = true;
    }
}
