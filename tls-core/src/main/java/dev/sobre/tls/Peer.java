package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Who is at the other end of an accepted connection: the client that a trusted proxy speaks for, or
 * else whoever connected.
 */
public final class Peer {
    private static final AttributeKey<InetSocketAddress> KEY = AttributeKey.valueOf("sobre.peer");

    private Peer() {}

    /**
     * The client's address, also after the channel was closed. A client of a Unix socket is on this
     * machine: it has the loopback address and port 0.
     */
    public static InetSocketAddress address(Channel channel) {
        InetSocketAddress known = channel.attr(KEY).get();
        return known == null ? connected(channel) : known;
    }

    static void is(InetSocketAddress client, Channel channel) {
        channel.attr(KEY).set(client);
    }

    /** Who made the connection itself. */
    static InetSocketAddress connected(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress tcp
                ? tcp
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
