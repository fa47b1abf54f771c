package dev.sobre.tls;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of a listener, counted from the accept until they are closed. */
final class Crowd {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    /** What becomes of a connection. */
    enum Welcome {
        COME_IN,
        /** A few too many: it shakes hands, and hears from the service why it can't stay. */
        TURNED_AWAY,
        /** Far too many: not worth a handshake. */
        CLOSED
    }

    private final String name;
    private final Admission admission;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<Prefix, Integer> perPrefix = new ConcurrentHashMap<>();
    private final AtomicLong lastSaid = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Crowd(String name, Admission admission) {
        this.name = name;
        this.admission = admission;
    }

    /** Counts a connection that was accepted. */
    Welcome accepted(Channel channel) {
        int now = all.incrementAndGet();
        channel.closeFuture().addListener(_ -> all.decrementAndGet());
        return judge(now, admission.connections(), () -> "in all");
    }

    /** Counts a connection whose client is known, as one of his. */
    Welcome from(InetAddress client, Channel channel) {
        Prefix prefix = Prefix.of(client);
        int now = perPrefix.merge(prefix, 1, Integer::sum);
        channel.closeFuture().addListener(_ -> left(prefix));
        return judge(now, admission.perAddress(), () -> "from " + client.getHostAddress());
    }

    private void left(Prefix prefix) {
        perPrefix.computeIfPresent(prefix, (_, count) -> count == 1 ? null : count - 1);
    }

    private Welcome judge(int now, int most, Supplier<String> whence) {
        if (now <= most) return Welcome.COME_IN;
        say(now, most, whence);
        return now <= most + 8 + most / 4 ? Welcome.TURNED_AWAY : Welcome.CLOSED;
    }

    /** Once a minute: a flood of connections must not become a flood of the log. */
    private void say(int now, int most, Supplier<String> whence) {
        long last = lastSaid.get();
        long time = System.nanoTime();
        if (time - last < QUIET_NANOS || !lastSaid.compareAndSet(last, time)) return;
        LOG.warn(
                "{}: {} connections {}; {} may be open, others are refused",
                name,
                now,
                whence.get(),
                most);
    }
}
