package dev.sobre.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One end of a tunnelled connection. It reads only while the other end can take what comes, so that
 * a side that does not read stops the side that sends.
 */
final class End extends ChannelInboundHandlerAdapter {

    private final Pair pair;
    private final Channel channel;
    private final Ending ending;
    private final Queue<Object> held = new ArrayDeque<>(); // until the other end is there
    private Optional<End> other = Optional.empty();
    private ChannelFuture lastWrite;
    private Ending.Input input = Ending.Input.OPEN;
    private boolean saidEnd;

    End(Pair pair, Channel channel, Ending ending) {
        this.pair = pair;
        this.channel = channel;
        this.ending = ending;
        this.lastWrite = channel.newSucceededFuture();
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** Begins to pass on what comes. */
    void join(End to) {
        other = Optional.of(to);
        for (Object message = held.poll(); message != null; message = held.poll()) {
            to.write(message);
        }
        to.channel.flush();
        if (input == Ending.Input.COMPLETE) to.sayEnd();
        readOn();
    }

    /** Whether both directions of this end are over. */
    boolean over() {
        return input != Ending.Input.OPEN && saidEnd && lastWrite.isDone();
    }

    boolean halfOver() {
        return input != Ending.Input.OPEN || saidEnd;
    }

    /** Closes when what was written is out. */
    void close() {
        var _ = lastWrite.addListener(_ -> channel.close());
    }

    /**
     * Closes so that the peer sees a broken connection: a reset, and no close_notify. What it got
     * must not look complete.
     */
    void abort() {
        if (!channel.isOpen()) return;
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.pipeline().firstContext().close(); // past the engine
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        pair.active();
        if (other.isPresent()) {
            other.get().write(message);
        } else {
            held.add(message); // one batch at most: nothing reads on
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.ifPresent(to -> to.channel.flush());
        if (input == Ending.Input.OPEN) inputIs(ending.look());
        readOn();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) other.ifPresent(End::readOn);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (input != Ending.Input.OPEN) return;
        // A close_notify may have come in the same read as the FIN behind it.
        Ending.Input seen = ending.look();
        inputIs(seen == Ending.Input.OPEN ? ending.hear(event) : seen);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (input == Ending.Input.OPEN) inputIs(ending.look());
        pair.gone(this, input == Ending.Input.COMPLETE);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        for (Object message = held.poll(); message != null; message = held.poll()) {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        pair.broke(this, cause);
    }

    private void readOn() {
        boolean takes = other.isPresent() && other.get().channel.isWritable();
        if (takes && input == Ending.Input.OPEN) channel.read();
    }

    private void write(Object message) {
        lastWrite = channel.write(message);
        if (!channel.isWritable()) channel.flush();
    }

    private void inputIs(Ending.Input now) {
        input = now;
        switch (now) {
            case OPEN -> {}
            case COMPLETE -> other.ifPresent(End::sayEnd);
            case CUT -> pair.cut(this);
        }
    }

    /** Ends our output, behind everything that was written. */
    private void sayEnd() {
        channel.flush();
        var _ =
                lastWrite.addListener(
                        _ -> {
                            saidEnd = true;
                            if (channel.isActive()) ending.say(channel);
                            pair.checkOver();
                        });
    }
}
