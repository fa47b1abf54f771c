package dev.sobre.tls;

import dev.sobre.tls.wire.ServerFlight;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Optional;

/** Waits behind a client's engine for the end of the handshake. */
final class DialAttempt extends ChannelInboundHandlerAdapter {
    private final SslHandler engine;
    private final String serverName;
    private final Secured service;
    private final Promise<Dialled> promise;
    private final ServerFlight flight = new ServerFlight();
    private final ClientTap tap = new ClientTap(flight);
    private final long start;
    private long connected;

    DialAttempt(
            SslHandler engine,
            String serverName,
            long start,
            Secured service,
            Promise<Dialled> promise) {
        this.engine = engine;
        this.serverName = serverName;
        this.start = start;
        this.connected = start;
        this.service = service;
        this.promise = promise;
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast("flight", tap).addLast("tls", engine).addLast("dial", this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connected = System.nanoTime();
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent end)) {
            ctx.fireUserEventTriggered(event);
        } else if (end.isSuccess()) {
            secured(ctx);
        } else {
            promise.tryFailure(DialDiagnosis.handshake(end.cause(), tap));
            var _ = ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        promise.tryFailure(DialDiagnosis.handshake(cause, tap));
        var _ = ctx.close();
    }

    private void secured(ChannelHandlerContext ctx) {
        var handshake = Duration.ofNanos(System.nanoTime() - connected);
        TlsInfo info = TlsInfo.of(engine, flight, Optional.of(serverName));
        ctx.pipeline().remove(this);
        try {
            service.secured(ctx.channel(), info);
            promise.trySuccess(
                    new Dialled(
                            ctx.channel(), info, Duration.ofNanos(connected - start), handshake));
        } catch (RuntimeException e) {
            promise.tryFailure(e);
            var _ = ctx.channel().close();
        }
    }
}
