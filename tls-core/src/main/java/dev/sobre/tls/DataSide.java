package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Stands behind the engine: counts data, and says how large the records are that carry it. A record
 * can be opened only when all of it has come, and TCP sends little at first: so records fit a
 * segment while a connection is young or was idle. In bulk they are as large as they may be, which
 * costs the least processor time.
 */
final class DataSide extends ChannelDuplexHandler {

    /** With a record's own octets it fits a segment of IPv6 over PPPoE, with TCP time stamps. */
    static final int SMALL = 1350;

    /** RFC 8446 §5.1. */
    static final int LARGE = 16 * 1024;

    /** By then TCP's congestion window, which starts with ten segments, takes a large record. */
    static final int YOUNG = 64 * 1024;

    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final SslHandler engine;
    private final LastWord lastWord;
    private final Traffic traffic;
    private int small = YOUNG; // octets that go in small records yet
    private boolean flushed = true;
    private long lastFlush = System.nanoTime();

    DataSide(SslHandler engine, LastWord lastWord, Traffic traffic) {
        this.engine = engine;
        this.lastWord = lastWord;
        this.traffic = traffic;
        engine.setWrapDataSize(SMALL);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf data) traffic.dataReceived(data.readableBytes());
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf data) {
            traffic.dataSent(data.readableBytes());
            if (flushed) checkIdle();
            if (small > 0) writeSmall(ctx, data);
        }
        var _ = ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        flushed = true;
        lastFlush = System.nanoTime();
        ctx.flush();
        traffic.spoken();
    }

    /** What is written and not flushed goes in one flight with close_notify and the end. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ctx.channel().isActive()) LastWord.joinsEnd(ctx.channel());
        if (!flushed) {
            lastWord.hold(true);
            flush(ctx);
            lastWord.hold(false);
        }
        ctx.close(promise);
    }

    private void checkIdle() {
        flushed = false;
        if (small == YOUNG || System.nanoTime() - lastFlush < IDLE) return;
        small = YOUNG;
        engine.setWrapDataSize(SMALL);
    }

    /** Takes from the data what goes in small records, unless it is all of it. */
    private void writeSmall(ChannelHandlerContext ctx, ByteBuf data) {
        if (data.readableBytes() < small) {
            small -= data.readableBytes();
            return;
        }
        var _ = ctx.write(data.readRetainedSlice(small));
        ctx.flush(); // what is written is cut into records now
        small = 0;
        engine.setWrapDataSize(LARGE);
    }
}
