package dev.sobre.tls;

import dev.sobre.tls.wire.RecordCount;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between socket and engine: counts octets and records, and breaks off with a client whose
 * records never have data, such as an endless run of KeyUpdate or of empty records, and with one
 * that has the engine answer and answer (the JDK's does, for each KeyUpdate) and reads nothing.
 */
final class WireSide extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WireSide.class);

    /** More than a handshake cut into the smallest pieces that {@link HelloGate} takes. */
    static final int RECORDS_WITHOUT_DATA = 256;

    /** What waits for a client beside the service's data: its KeyUpdates are answered with some. */
    static final int RECORDS_UNREAD = 256;

    private final Traffic traffic;
    private final RecordCount in = new RecordCount();
    private final RecordCount out = new RecordCount();

    WireSide(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (isFlood(ctx)) {
            bytes.release();
            LOG.info("{}: too many records without data", Peer.address(ctx.channel()));
            var _ = ctx.close();
            return;
        }
        traffic.received(bytes.readableBytes(), in.see(bytes));
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) traffic.sent(bytes.readableBytes(), out.see(bytes));
        var _ = ctx.write(message, promise);
    }

    private boolean isFlood(ChannelHandlerContext ctx) {
        return traffic.recordsWithoutData() > RECORDS_WITHOUT_DATA
                || (!ctx.channel().isWritable() && traffic.recordsOfEngine() > RECORDS_UNREAD);
    }
}
