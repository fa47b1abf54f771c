package dev.sobre.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;

/** A TCP port that speaks TLS and hands each secured connection to a service. */
public final class TlsListener implements AutoCloseable {
    private final Channel channel;

    private TlsListener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Binds and starts to accept.
     *
     * @throws BindFailed with a remedy where the port cannot be had
     */
    public static TlsListener bind(ListenerSettings settings, TlsContext tls, Secured service) {
        SslContext engines = tls.engines(tls.settings().identities().getFirst(), settings.alpn());
        EventLoops loops = EventLoops.shared();
        var bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.server())
                        .option(ChannelOption.SO_BACKLOG, settings.backlog())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        Handshake.start(channel, engines, settings, service);
                                    }
                                })
                        .bind(settings.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) throw BindFailed.of(settings.address(), bound.cause());
        return new TlsListener(bound.channel());
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Stops accepting; connections that the service has live on. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
