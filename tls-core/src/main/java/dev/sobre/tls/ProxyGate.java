package dev.sobre.tls;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.wire.BadProxyHeader;
import dev.sobre.tls.wire.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;

/** Takes the PROXY header from a connection that a trusted proxy made, and goes away. */
final class ProxyGate extends ChannelInboundHandlerAdapter {
    private static final String REMEDY =
            "let it send version 2 (haproxy: send-proxy-v2), or take its address out of the proxies";

    private final Attempt attempt;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean open = true;

    ProxyGate(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (!open) {
            bytes.release();
            return;
        }
        held = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        try {
            var header = ProxyHeader.read(held);
            if (header.isPresent()) pass(ctx, header.get());
        } catch (BadProxyHeader bad) {
            open = false;
            attempt.failed(new Diagnosis(Code.PROXY, bad.words(), REMEDY));
            var _ = ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        attempt.failed(
                new Diagnosis(
                        Code.CLOSED,
                        "the proxy closed the connection before its header",
                        "let its health checks send one, too (haproxy: check-send-proxy)"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.release();
        held = Unpooled.EMPTY_BUFFER;
    }

    private void pass(ChannelHandlerContext ctx, ProxyHeader header) {
        open = false;
        ByteBuf rest = held.skipBytes(header.length());
        held = Unpooled.EMPTY_BUFFER;
        attempt.known(header.client());
        ctx.fireChannelRead(rest);
        ctx.fireChannelReadComplete();
        ctx.pipeline().remove(this);
    }
}
