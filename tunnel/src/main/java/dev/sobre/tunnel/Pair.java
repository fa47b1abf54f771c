package dev.sobre.tunnel;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tunnelled connection: two ends on one event loop. */
final class Pair implements Target.Joined {

    private static final Logger LOG = LoggerFactory.getLogger(Pair.class);

    private final TunnelSettings settings;
    private final Target target;
    private final Channel channel;
    private final Runnable whenOver;
    private final End front;
    private final ScheduledFuture<?> timer;
    private Optional<End> back = Optional.empty();
    private long lastActive = System.nanoTime();
    private boolean ending;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private boolean over;

    /** A connection whose near side has come; call it on that channel's event loop. */
    Pair(
            TunnelSettings settings,
            Target target,
            Channel channel,
            Ending ending,
            Runnable whenOver) {
        this.settings = settings;
        this.target = target;
        this.channel = channel;
        this.whenOver = whenOver;
        this.front = new End(this, channel, ending);
        long millis = Math.clamp(shortest().toMillis() / 4, 10, 60_000);
        this.timer =
                channel.eventLoop()
                        .scheduleAtFixedRate(
                                this::checkIdle, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Is told when the near side is gone and the connection counts no more. */
    Future<Boolean> done() {
        return done;
    }

    void begin() {
        channel.pipeline().addLast(front);
        target.dial(channel.eventLoop(), this);
    }

    @Override
    public void connected(Channel to, Ending ending) {
        var end = new End(this, to, ending);
        if (over) {
            end.abort(); // nothing came to its end here
            return;
        }
        back = Optional.of(end);
        to.pipeline().addLast(end);
        front.join(end);
        end.join(front);
    }

    @Override
    public void failed(String why) {
        if (over) return;
        LOG.warn(
                "{}: {} port {}: {}",
                settings.name(),
                target.address().getHostString(),
                target.address().getPort(),
                why);
        front.close();
    }

    void active() {
        lastActive = System.nanoTime();
    }

    /** An end lost its rest: the other must not take what it got for the whole. */
    void cut(End end) {
        LOG.debug("{}: {} broke off", settings.name(), channel.remoteAddress());
        end.abort();
        other(end).ifPresent(End::abort);
    }

    void broke(End end, Throwable cause) {
        LOG.debug("{}: {} broke: {}", settings.name(), channel.remoteAddress(), cause.toString());
        cut(end);
    }

    void gone(End end, boolean complete) {
        if (end == front && !over) {
            over = true;
            timer.cancel(false);
            whenOver.run();
            done.complete(true);
        }
        if (complete || ending) {
            other(end).ifPresent(End::close);
        } else {
            other(end).ifPresent(End::abort);
        }
    }

    /** Closes when both directions are over. */
    void checkOver() {
        if (front.over() && back.isPresent() && back.get().over()) end();
    }

    /** Ends both directions, when what was written is out. */
    void end() {
        ending = true;
        front.close();
        back.ifPresent(End::close);
    }

    /** Ends both directions, whatever is lost. */
    void abort() {
        cut(front);
    }

    private Optional<End> other(End end) {
        return end == front ? back : Optional.of(front);
    }

    private void checkIdle() {
        boolean half = front.halfOver() || (back.isPresent() && back.get().halfOver());
        Optional<Duration> limit = half ? Optional.of(settings.halfOpen()) : settings.idle();
        long silent = System.nanoTime() - lastActive;
        if (limit.isPresent() && silent >= limit.get().toNanos()) {
            LOG.info("{}: {} was idle too long", settings.name(), channel.remoteAddress());
            cut(front);
        }
    }

    private Duration shortest() {
        Duration half = settings.halfOpen();
        return settings.idle().filter(idle -> idle.compareTo(half) < 0).orElse(half);
    }
}
