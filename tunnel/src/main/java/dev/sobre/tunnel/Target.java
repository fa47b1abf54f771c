package dev.sobre.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Where a tunnel leads. */
interface Target {

    /**
     * Opens a connection on an event loop.
     *
     * @param joined is told on that loop, before anything of the connection has been read
     */
    void dial(EventLoop loop, Joined joined);

    /** For the log. */
    InetSocketAddress address();

    /** Learns how dialling went. */
    interface Joined {
        void connected(Channel channel, Ending ending);

        /** In plain words. */
        void failed(String why);
    }
}
