package dev.sobre.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Waits behind the engine for the end of the handshake, then gives way to the service. */
final class Handshake extends ChannelInboundHandlerAdapter {
    private final Attempt attempt;
    private final SslHandler engine;
    private final Identity identity;

    Handshake(Attempt attempt, SslHandler engine, Identity identity) {
        this.attempt = attempt;
        this.engine = engine;
        this.identity = identity;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent end)) {
            ctx.fireUserEventTriggered(event);
        } else if (end.isSuccess()) {
            TlsInfo info =
                    TlsInfo.of(
                            engine,
                            attempt.flight,
                            attempt.hello().flatMap(hello -> hello.serverName()));
            ctx.pipeline().remove(AlertTap.NAME);
            ctx.pipeline().remove(this);
            attempt.secured(info);
        } else {
            failed(end.cause());
            var _ = ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause);
        var _ = ctx.close();
    }

    private void failed(Throwable cause) {
        attempt.hello()
                .ifPresent(
                        hello ->
                                attempt.failed(
                                        Diagnosis.of(
                                                cause,
                                                hello,
                                                attempt.tls.settings().policy(),
                                                identity,
                                                attempt.alertInTheClear())));
    }
}
