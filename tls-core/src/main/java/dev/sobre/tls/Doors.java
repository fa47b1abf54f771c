package dev.sobre.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The listening sockets of a listener, on all its addresses. */
final class Doors {
    /**
     * Seconds after which a connection is accepted, though its client is silent yet. In TLS, and to
     * PROXY's reader, clients speak first: so one wakes us once, with its hello, and not before.
     */
    private static final int SILENT = 1;

    private final ListenerSettings settings;
    private final ChannelHandler connections;
    private final List<Channel> listening = new ArrayList<>();
    private final List<UnixSocketFile> files = new ArrayList<>();
    private int port;

    private Doors(ListenerSettings settings, ChannelHandler connections) {
        this.settings = settings;
        this.connections = connections;
    }

    /** Opens all of them, or none. */
    static Doors open(ListenerSettings settings, ChannelHandler connections) {
        var doors = new Doors(settings, connections);
        try {
            for (SocketAddress address : settings.addresses()) doors.open(address);
            return doors;
        } catch (RuntimeException e) {
            doors.close();
            throw e;
        }
    }

    List<Channel> listening() {
        return listening;
    }

    void close() {
        List<ChannelFuture> closing = listening.stream().map(Channel::close).toList();
        for (ChannelFuture closed : closing) {
            if (!closed.channel().eventLoop().inEventLoop()) closed.awaitUninterruptibly();
        }
        files.forEach(UnixSocketFile::remove);
    }

    private void open(SocketAddress address) {
        switch (address) {
            case UnixDomainSocketAddress unix -> open(unix);
            case InetSocketAddress tcp when !coveredByIpv6(tcp) -> open(tcp);
            case InetSocketAddress covered -> {}
            default -> throw new IllegalArgumentException("nothing listens on " + address);
        }
    }

    /** {@code ::} listens for IPv4 as well, and then the port is taken. */
    private boolean coveredByIpv6(InetSocketAddress tcp) {
        return isAny(tcp)
                && !isIpv6(tcp)
                && settings.addresses().stream()
                        .anyMatch(
                                other ->
                                        other instanceof InetSocketAddress six
                                                && isAny(six)
                                                && isIpv6(six)
                                                && six.getPort() == tcp.getPort());
    }

    private void open(InetSocketAddress wanted) {
        InetSocketAddress address = wanted;
        // Where any port will do, all addresses get the one that the first was given.
        if (wanted.getPort() == 0 && port != 0 && !wanted.isUnresolved()) {
            address = new InetSocketAddress(wanted.getAddress(), port);
        }
        for (EventLoopGroup loops : acceptors()) {
            ServerBootstrap tcp =
                    bootstrap(loops, EventLoops.shared().server())
                            .option(ChannelOption.SO_REUSEADDR, true);
            if (Epoll.isAvailable()) tcp.option(EpollChannelOption.TCP_DEFER_ACCEPT, SILENT);
            if (settings.admission().reusePort()) reusePort(tcp);
            ChannelFuture bound = tcp.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) throw BindFailed.of(address, bound.cause());
            listening.add(bound.channel());
            address = (InetSocketAddress) bound.channel().localAddress();
        }
        if (port == 0) port = address.getPort();
    }

    /** All loops share one listening socket, or each has its own. */
    private List<EventLoopGroup> acceptors() {
        EventLoopGroup all = EventLoops.shared().group();
        if (!settings.admission().reusePort()) return List.of(all);
        return StreamSupport.stream(all.spliterator(), false)
                .<EventLoopGroup>map(EventLoop.class::cast)
                .toList();
    }

    private static void reusePort(ServerBootstrap tcp) {
        if (Epoll.isAvailable()) tcp.option(UnixChannelOption.SO_REUSEPORT, true);
        else tcp.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
    }

    private void open(UnixDomainSocketAddress address) {
        var file = UnixSocketFile.at(address);
        ChannelFuture bound =
                bootstrap(EventLoops.shared().group(), EventLoops.shared().unixServer())
                        .bind(file.forNetty())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindFailed.of(address, String.valueOf(bound.cause().getMessage()), bound.cause());
        }
        listening.add(bound.channel());
        files.add(file);
        file.restrict(settings.admission().socketMode());
    }

    private ServerBootstrap bootstrap(EventLoopGroup loops, Class<? extends ServerChannel> kind) {
        return new ServerBootstrap()
                .group(loops)
                .channel(kind)
                .option(ChannelOption.SO_BACKLOG, settings.admission().backlog())
                .handler(new Accepting(settings.name()))
                .childHandler(connections);
    }

    private static boolean isAny(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return host != null && host.isAnyLocalAddress();
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}
