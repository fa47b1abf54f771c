package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import java.time.Duration;

/** How long a peer may leave what was sent to it unacknowledged, as one that has vanished does. */
public final class Vanishing {
    private Vanishing() {}

    /**
     * Closes a TCP connection that the kernel has sent something on, again and again, for this long
     * without an answer (RFC 5482, TCP_USER_TIMEOUT); by itself Linux tries for a quarter of an
     * hour. Without epoll, and on a Unix socket, nothing changes.
     */
    public static void noticedAfter(Duration time, Channel channel) {
        int millis = (int) Math.min(time.toMillis(), Integer.MAX_VALUE);
        channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, millis);
    }
}
