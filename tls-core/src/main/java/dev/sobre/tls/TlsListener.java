package dev.sobre.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;

/** A TCP port that speaks TLS and hands each secured connection to a service. */
public final class TlsListener implements AutoCloseable {
    private final Channel channel;
    private final Attempts attempts;

    private TlsListener(Channel channel, Attempts attempts) {
        this.channel = channel;
        this.attempts = attempts;
    }

    /**
     * Binds and starts to accept.
     *
     * @throws BindFailed with a remedy where the port cannot be had
     */
    public static TlsListener bind(ListenerSettings settings, TlsContext tls, Secured service) {
        tls.prepare(settings);
        EventLoops loops = EventLoops.shared();
        var attempts = new Attempts(settings, tls, service);
        var bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.server())
                        .option(ChannelOption.SO_BACKLOG, settings.backlog())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(attempts)
                        .bind(settings.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) throw BindFailed.of(settings.address(), bound.cause());
        return new TlsListener(bound.channel(), attempts);
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /**
     * Stops accepting and breaks off the handshakes under way; connections that the service has
     * live on. Safe to call twice.
     */
    @Override
    public void close() {
        ChannelFuture closed = channel.close();
        attempts.close();
        if (!channel.eventLoop().inEventLoop()) closed.awaitUninterruptibly();
    }
}
