package dev.sobre.tunnel;

import dev.sobre.tls.Admission;
import dev.sobre.tls.BindFailed;
import dev.sobre.tls.EventLoops;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsClient;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** A port whose connections are passed on to another, with TLS on one of the two sides. */
public final class Tunnel implements AutoCloseable {

    /** The listening side. */
    private interface Door {
        int port();

        void close();
    }

    private final Pairs pairs;
    private final Door door;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Tunnel(Pairs pairs, Door door) {
        this.pairs = pairs;
        this.door = door;
    }

    /**
     * TLS in, plain TCP out: wraps a service of this machine.
     *
     * @param port on this machine's own address; 0 picks a free one
     * @throws BindFailed when the port can't be had
     */
    public static Tunnel accept(int port, TlsContext tls, InetSocketAddress target) {
        return accept(TunnelSettings.loopback(port), tls, target);
    }

    /** TLS in, plain TCP out. */
    public static Tunnel accept(TunnelSettings settings, TlsContext tls, InetSocketAddress target) {
        var pairs = new Pairs(settings, new PlainTarget(target, settings.connectTimeout()));
        var listener =
                TlsListener.bind(
                        ListenerSettings.on(settings.address())
                                .withName(settings.name())
                                .withClients(settings.clients())
                                .withAdmission(
                                        Admission.standard()
                                                .withConnections(
                                                        settings.connections(),
                                                        settings.connections())),
                        tls,
                        new TlsSide(pairs::begin));
        return new Tunnel(pairs, new TlsDoor(listener));
    }

    /**
     * Plain TCP in, TLS out: lets a program that knows no TLS reach a server that wants it. The
     * server's certificate is checked as the client's settings say.
     *
     * @param port on this machine's own address; 0 picks a free one
     * @throws BindFailed when the port can't be had
     */
    public static Tunnel connect(int port, TlsClient client, InetSocketAddress target) {
        return connect(TunnelSettings.loopback(port), client, target);
    }

    /** Plain TCP in, TLS out. */
    public static Tunnel connect(
            TunnelSettings settings, TlsClient client, InetSocketAddress target) {
        var pairs = new Pairs(settings, new TlsTarget(client, target));
        EventLoops loops = EventLoops.shared();
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.server())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        pairs.begin(channel, Ending.FIN);
                                    }
                                })
                        .bind(settings.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) throw BindFailed.of(settings.address(), bound.cause());
        return new Tunnel(pairs, new PlainDoor(bound.channel()));
    }

    public int port() {
        return door.port();
    }

    /** How many connections are open. */
    public int connections() {
        return pairs.size();
    }

    /** Takes no more connections, waits a little for the open ones and ends them. Safe twice. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        door.close();
        pairs.close();
    }

    private record TlsDoor(TlsListener listener) implements Door {
        @Override
        public int port() {
            return listener.port();
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    private record PlainDoor(Channel channel) implements Door {
        @Override
        public int port() {
            return ((InetSocketAddress) channel.localAddress()).getPort();
        }

        @Override
        public void close() {
            channel.close().awaitUninterruptibly();
        }
    }
}
