package dev.sobre.tunnel;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of a tunnel. */
final class Pairs {

    private static final Logger LOG = LoggerFactory.getLogger(Pairs.class);

    private final TunnelSettings settings;
    private final Target target;
    private final Map<Channel, Pair> open = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Pairs(TunnelSettings settings, Target target) {
        this.settings = settings;
        this.target = target;
    }

    /** Takes a connection; on its event loop. */
    void begin(Channel channel, Ending ending) {
        if (closing || open.size() >= settings.connections()) {
            if (!closing) {
                LOG.warn(
                        "{}: {} refused, {} connections are open",
                        settings.name(),
                        channel.remoteAddress(),
                        settings.connections());
            }
            var _ = channel.close();
            return;
        }
        var pair = new Pair(settings, target, channel, ending, () -> open.remove(channel));
        open.put(channel, pair);
        pair.begin();
    }

    int size() {
        return open.size();
    }

    /** Waits until all have ended by themselves, then ends them. */
    void close() {
        closing = true;
        waitForAll(settings.grace().toNanos());
        open.forEach((channel, pair) -> channel.eventLoop().execute(pair::end));
        waitForAll(TimeUnit.SECONDS.toNanos(2)); // a listener gives a client one to end as well
        open.forEach((channel, pair) -> channel.eventLoop().execute(pair::abort));
    }

    private void waitForAll(long nanos) {
        long until = System.nanoTime() + nanos;
        try {
            for (Pair pair : open.values()) {
                pair.done().get(Math.max(until - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            LOG.debug("{}: {} connections go on", settings.name(), open.size());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
