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
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int HEADER = 5;

    private int headerRead;
    private int sizeSoFar;
    private int recordLeft;
    private boolean changed;
    private boolean finished;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!refused && message instanceof ByteBuf bytes) walk(bytes);
        if (!refused) {
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        var _ = ctx.channel().close();
    }

    private void walk(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !refused) {
            if (recordLeft > 0) {
                int skipped = Math.min(recordLeft, bytes.writerIndex() - at);
                recordLeft -= skipped;
                at += skipped;
            } else {
                header(bytes.getUnsignedByte(at++));
            }
        }
    }

    private void header(int octet) {
        if (headerRead == 0) type(octet);
        if (headerRead >= 3) sizeSoFar = sizeSoFar << 8 | octet;
        if (++headerRead == HEADER) {
            recordLeft = sizeSoFar;
            sizeSoFar = 0;
            headerRead = 0;
        }
    }

    private void type(int octet) {
        if (octet == CHANGE_CIPHER_SPEC) changed = true;
        if (octet != HANDSHAKE || !changed) return;
        refused = finished;
        finished = true;
    }
}
