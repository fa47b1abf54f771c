package dev.sobre.tls;

import dev.sobre.tls.wire.Alert;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.HelloReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Collections;
import java.util.List;

/**
 * Stands in front of the engine until the client's hello is whole, has it answered by the right
 * engine, and goes away. What is no hello never reaches an engine.
 */
final class HelloGate extends ChannelInboundHandlerAdapter {
    private final Attempt attempt;
    private final HelloReader reader = new HelloReader();
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean open = true;

    HelloGate(Attempt attempt) {
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
        attempt.received(held.readableBytes());
        try {
            var hello = reader.read(held);
            if (hello.isPresent()) pass(ctx, hello.get());
        } catch (BadHello bad) {
            refuse(ctx, Diagnosis.of(bad), alertFor(bad));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        attempt.failed(Diagnosis.closed(attempt.bytes()));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        attempt.failed(Diagnosis.closed(attempt.bytes())); // a reset, mostly
        var _ = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.release();
        held = Unpooled.EMPTY_BUFFER;
    }

    private void pass(ChannelHandlerContext ctx, ClientHello hello) {
        List<String> served = attempt.settings.alpn();
        if (!served.isEmpty()
                && !hello.alpn().isEmpty()
                && Collections.disjoint(served, hello.alpn())) {
            refuse(
                    ctx,
                    Diagnosis.noProtocol(hello.alpn(), served),
                    Alert.NO_APPLICATION_PROTOCOL.record());
            return;
        }
        attempt.engine(ctx, hello);
        ByteBuf all = held;
        held = Unpooled.EMPTY_BUFFER;
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(all);
        ctx.fireChannelReadComplete();
    }

    private void refuse(ChannelHandlerContext ctx, Diagnosis why, byte[] alert) {
        open = false;
        attempt.failed(why);
        // RFC 8446 §6.2: after a fatal alert both sides close.
        var _ =
                ctx.writeAndFlush(Unpooled.wrappedBuffer(alert))
                        .addListener(ChannelFutureListener.CLOSE);
    }

    private static byte[] alertFor(BadHello bad) {
        return switch (bad.kind()) {
            case PLAINTEXT, PROXY_HEADER -> Alert.UNEXPECTED_MESSAGE.record();
            case SSL2 -> Alert.PROTOCOL_VERSION.record();
            case OVERSIZED -> Alert.ILLEGAL_PARAMETER.record();
            case MALFORMED -> Alert.DECODE_ERROR.record();
        };
    }
}
