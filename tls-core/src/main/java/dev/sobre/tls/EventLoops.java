package dev.sobre.tls;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;

/**
 * The threads that do TLS and carry what never makes them wait, with the kind of channel that runs
 * on them: epoll where there is one, else NIO.
 *
 * @param group the threads
 * @param server the class of listening channels
 * @param client the class of connecting channels
 * @param unixServer the class of channels that listen on Unix sockets
 */
public record EventLoops(
        EventLoopGroup group,
        Class<? extends ServerSocketChannel> server,
        Class<? extends SocketChannel> client,
        Class<? extends ServerChannel> unixServer) {

    /**
     * After so long a loop looks at its sockets again, though it has tasks to do: a thousand
     * sessions may be woken at once. Netty by itself takes a second.
     */
    private static final long TASKS_MILLIS = 2;

    /** The loops that all servers of this process share: daemon threads, never shut down. */
    public static EventLoops shared() {
        return Shared.LOOPS;
    }

    private static EventLoops start() {
        // Some cores are left to the store's writer, to searches and to password checks.
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = Math.max(1, cores - Math.max(1, cores / 4));
        return Epoll.isAvailable()
                ? new EventLoops(
                        group(threads, LastingEpoll.newFactory()),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollServerDomainSocketChannel.class)
                : new EventLoops(
                        group(threads, NioIoHandler.newFactory()),
                        NioServerSocketChannel.class,
                        NioSocketChannel.class,
                        NioServerDomainSocketChannel.class);
    }

    private static EventLoopGroup group(int threads, IoHandlerFactory factory) {
        var names = new DefaultThreadFactory("sobre-io", true);
        return new MultiThreadIoEventLoopGroup(threads, names, factory) {
            @Override
            protected IoEventLoop newChild(Executor thread, IoHandlerFactory io, Object... none) {
                return new SingleThreadIoEventLoop(
                        this,
                        thread,
                        io,
                        Integer.MAX_VALUE,
                        RejectedExecutionHandlers.reject(),
                        TASKS_MILLIS);
            }
        };
    }

    /** Holds the shared loops, which start with their first use. */
    private static final class Shared {
        static final EventLoops LOOPS = start();
    }
}
