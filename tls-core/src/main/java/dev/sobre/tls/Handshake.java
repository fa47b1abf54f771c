package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits behind the engine for the end of the handshake, then gives way to the service. */
final class Handshake extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Handshake.class);

    private final SslHandler engine;
    private final ListenerSettings settings;
    private final Secured service;

    private Handshake(SslHandler engine, ListenerSettings settings, Secured service) {
        this.engine = engine;
        this.settings = settings;
        this.service = service;
    }

    static void start(
            Channel channel, SslContext engines, ListenerSettings settings, Secured service) {
        SslHandler engine = engines.newHandler(channel.alloc());
        engine.setHandshakeTimeout(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        channel.pipeline()
                .addLast("tls", engine)
                .addLast("handshake", new Handshake(engine, settings, service));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent end) {
            if (end.isSuccess()) {
                secured(ctx);
            } else {
                log.info(
                        "{} {}: handshake failed: {}",
                        settings.name(),
                        ctx.channel().remoteAddress(),
                        end.cause().toString());
                var _ = ctx.close();
            }
            return;
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Before the handshake is over its completion event tells the failure.
        var _ = ctx.close();
    }

    private void secured(ChannelHandlerContext ctx) {
        TlsInfo info = info();
        ctx.pipeline().remove(this);
        service.secured(ctx.channel(), info);
    }

    private TlsInfo info() {
        SSLSession session = engine.engine().getSession();
        return new TlsInfo(
                session.getProtocol(),
                session.getCipherSuite(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(engine.applicationProtocol()),
                peer(session));
    }

    private static List<X509Certificate> peer(SSLSession session) {
        try {
            return java.util.Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map((Certificate c) -> (X509Certificate) c)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // the usual case: clients log in with a password
        }
    }
}
