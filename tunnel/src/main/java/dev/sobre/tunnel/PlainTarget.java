package dev.sobre.tunnel;

import dev.sobre.tls.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A service that speaks plain TCP. */
record PlainTarget(InetSocketAddress address, Duration timeout) implements Target {

    @Override
    public void dial(EventLoop loop, Joined joined) {
        if (!address.isUnresolved()) {
            connect(address, loop, joined);
            return;
        }
        // Looking up a name may wait, and an event loop must not.
        Thread.ofVirtual()
                .name("resolve")
                .start(
                        () -> {
                            var found =
                                    new InetSocketAddress(
                                            address.getHostString(), address.getPort());
                            loop.execute(() -> connect(found, loop, joined));
                        });
    }

    private void connect(InetSocketAddress to, EventLoop loop, Joined joined) {
        if (to.isUnresolved()) {
            joined.failed("no address is known for " + to.getHostString());
            return;
        }
        ChannelFuture connected =
                new Bootstrap()
                        .group(loop)
                        .channel(EventLoops.shared().client())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(timeout.toMillis()))
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(to);
        var _ =
                connected.addListener(
                        done -> {
                            if (done.cause() == null) {
                                joined.connected(connected.channel(), Ending.FIN);
                            } else {
                                joined.failed(why(done.cause()));
                            }
                        });
    }

    private String why(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "it does not answer within " + timeout.toSeconds() + " s";
        }
        String reason = String.valueOf(cause.getMessage());
        return reason.contains("refused")
                ? "connection refused: nothing listens there"
                : "it cannot be reached: " + reason;
    }
}
