package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a listening socket: when connections can't be accepted, mostly because the process
 * has as many files open as it may, they wait in the kernel for a second, and the log hears of it
 * once.
 */
final class Accepting extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);
    private static final long PAUSE_MILLIS = 1000;

    private final String name;
    private boolean failing;

    Accepting(String name) {
        this.name = name;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object connection) {
        if (failing) LOG.warn("{}: accepts connections again", name);
        failing = false;
        ctx.fireChannelRead(connection);
    }

    /** Stays here: Netty's own handler would complain each second. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!failing) LOG.error("{}: connections have to wait: {}", name, words(cause));
        failing = true;
        Channel listening = ctx.channel();
        listening.config().setAutoRead(false);
        listening.eventLoop().schedule(() -> goOn(listening), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void goOn(Channel listening) {
        if (listening.isOpen()) listening.config().setAutoRead(true);
    }

    private static String words(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        return reason.contains("Too many open files")
                ? "this process has as many files open as it may; raise its limit"
                        + " (systemd: LimitNOFILE, shell: ulimit -n)"
                : reason;
    }
}
