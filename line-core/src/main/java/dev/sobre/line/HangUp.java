package dev.sobre.line;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The two ways to end a connection; both on its event loop. */
final class HangUp {
    private HangUp() {}

    /**
     * Closes when all has been sent, with close_notify; at once when the client takes longer than
     * {@code most} to read it.
     *
     * @param last has the last words, which go in one flight with close_notify where nothing waits
     *     before them
     */
    static void whenSent(Channel channel, Outbox last, Duration most) {
        var tls = channel.pipeline().get(SslHandler.class);
        boolean first = tls != null && !isUnsent(channel);
        last.write();
        if (first) {
            tls.setCloseNotifyFlushTimeoutMillis(most.toMillis()); // last words may be long
            end(channel);
            return;
        }
        // Netty gives what is unsent 3 s from the call of close, so call it when all is sent.
        ChannelFuture sent = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (!sent.isDone()) {
            var late =
                    channel.eventLoop()
                            .schedule(
                                    () -> atOnce(channel), most.toMillis(), TimeUnit.MILLISECONDS);
            sent.addListener(done -> late.cancel(false));
        }
        sent.addListener(done -> end(channel));
    }

    private static void end(Channel channel) {
        // What still comes is thrown away, so that the client's close_notify is seen.
        channel.config().setAutoRead(true);
        channel.close();
    }

    private static boolean isUnsent(Channel channel) {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent != null && !unsent.isEmpty();
    }

    /** Closes now; what is unsent is lost, and close_notify with it. */
    static void atOnce(Channel channel) {
        if (isUnsent(channel)) channel.pipeline().firstContext().close(); // below TLS
        else channel.close();
    }
}
