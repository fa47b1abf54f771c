package dev.sobre.line;

import dev.sobre.tls.Appetite;
import dev.sobre.tls.EventLoops;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.Secured;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsInfo;
import dev.sobre.tls.TlsListener;
import dev.sobre.tls.Vanishing;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS port that speaks one line protocol: every connection that has shaken hands gets a session
 * on a virtual thread of its own.
 */
public final class LineServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final long SWEEP_MILLIS = 200;

    private final LineProtocol protocol;
    private final Limits limits;
    private final TlsListener listener;
    private final ScheduledFuture<?> sweep;
    private final AtomicLong lastId = new AtomicLong();
    private final ConcurrentHashMap<Long, Running> sessions = new ConcurrentHashMap<>();
    private final Traces traces = new Traces();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Running(LineConnection connection, Thread thread) {}

    private LineServer(
            ListenerSettings listener, TlsContext tls, LineProtocol protocol, Limits limits) {
        this.protocol = protocol;
        this.limits = limits;
        var settings =
                listener.withName(protocol.name()).withAlpn(protocol.alpn().toArray(String[]::new));
        this.listener = TlsListener.bind(settings, tls, new Taking());
        this.sweep =
                EventLoops.shared()
                        .group()
                        .next()
                        .scheduleAtFixedRate(
                                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Binds an address and serves it.
     *
     * @throws dev.sobre.tls.BindFailed when the address can't be had
     */
    public static LineServer start(
            InetSocketAddress address, TlsContext tls, LineProtocol protocol, Limits limits) {
        return start(ListenerSettings.on(address), tls, protocol, limits);
    }

    /**
     * Binds a listener's addresses and serves them; name and ALPN are the protocol's.
     *
     * @throws dev.sobre.tls.BindFailed when an address can't be had
     */
    public static LineServer start(
            ListenerSettings listener, TlsContext tls, LineProtocol protocol, Limits limits) {
        return new LineServer(listener, tls, protocol, limits);
    }

    /** The port that is served. */
    public int port() {
        return listener.port();
    }

    /** The open sessions, oldest first. */
    public List<SessionInfo> sessions() {
        return sessions.values().stream()
                .map(running -> running.connection.info())
                .sorted(Comparator.comparingLong(SessionInfo::id))
                .toList();
    }

    /**
     * Ends the sessions of a user whose account was removed or has another password, each when its
     * command is done.
     *
     * @param user the login name, as {@link LineConnection#loggedIn} was told
     */
    public void endSessionsOf(String user) {
        for (Running running : sessions.values()) {
            if (running.connection.isOf(user)) {
                running.connection.dismiss(Farewell.ACCOUNT_CHANGED);
            }
        }
    }

    /**
     * Follows the sessions of a user, now open or to come, as they speak: without secrets and text
     * of messages. The listener is called on the sessions' own threads and must return at once.
     */
    public Following follow(String user, Consumer<TraceLine> listener) {
        Following following = traces.follow(user, listener);
        checkTraced();
        return () -> {
            following.close();
            checkTraced();
        };
    }

    private void checkTraced() {
        sessions.values().forEach(running -> running.connection.checkTraced());
    }

    /** Stops: no new connections, idle sessions get a farewell, commands have 3 s to finish. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Stops, with some time for running commands to finish. A command that still waits for its
     * client then ends with a farewell, what else is left with the connection. A second call does
     * nothing.
     */
    public void close(Duration grace) {
        if (!closed.compareAndSet(false, true)) return;
        listener.close();
        long until = System.nanoTime() + grace.toNanos();
        sessions.values().forEach(running -> running.connection.dismiss(Farewell.SHUTTING_DOWN));
        joinAll(until);
        sessions.values().forEach(running -> running.connection.cutShort());
        joinAll(System.nanoTime() + LAST_WORDS.toNanos());
        sessions.values().forEach(running -> running.connection.abort());
        joinAll(System.nanoTime() + LAST_WORDS.toNanos());
        // Its listener, which removes it, may run a moment after we saw a connection close.
        sessions.values().removeIf(running -> running.connection.closed().isDone());
        sweep.cancel(false);
    }

    /** On the event loop: a client has shaken hands. */
    private void begin(Channel channel, TlsInfo tls, boolean tooMany) {
        long id = lastId.incrementAndGet();
        var connection = new LineConnection(protocol.name(), id, channel, tls, limits);
        connection.traces(traces);
        Appetite.little(channel);
        Vanishing.noticedAfter(limits.writeStall(), channel);
        channel.pipeline().addLast(connection.inbox());
        String name = connection.name(); // which the log has in each line
        Runnable session = () -> run(connection, tooMany);
        Thread thread =
                protocol.isForeign()
                        ? Thread.ofVirtual().name(name).unstarted(session)
                        : SessionThreads.of(connection.carrier(), name, session);
        sessions.put(id, new Running(connection, thread));
        // Who closes the server has looked at the sessions before this one was among them.
        if (closed.get()) connection.abort();
        thread.start();
    }

    private void run(LineConnection connection, boolean tooMany) {
        connection.carrier().carries(Thread.currentThread());
        try {
            if (tooMany) farewell(connection, Farewell.TOO_MANY_CONNECTIONS);
            else serve(connection);
        } finally {
            connection.release();
            connection.closed().addListener(done -> sessions.remove(connection.id()));
        }
    }

    private void serve(LineConnection connection) {
        try {
            protocol.session(connection).run();
            connection.end();
        } catch (SessionEnded e) {
            farewell(connection, e.why());
        } catch (LineTooLong e) {
            farewell(connection, Farewell.TOO_MUCH_INPUT);
        } catch (EndOfStream e) {
            if (e.clean()) connection.end();
            else connection.abort();
        } catch (IOException e) {
            LOG.warn("the session broke off: {}", e.toString());
            connection.abort();
        } catch (RuntimeException | Error e) {
            LOG.error("the session failed", e);
            farewell(connection, Farewell.FAULT);
        }
    }

    private void farewell(LineConnection connection, Farewell why) {
        try {
            connection.write(protocol.farewell(why));
        } catch (IOException gone) {
            LOG.debug("no farewell: {}", gone.toString());
        } finally {
            connection.end();
        }
    }

    private void sweep() {
        sessions.values().forEach(running -> running.connection.checkDeadline());
    }

    /** Takes connections from the listener. */
    private final class Taking implements Secured {
        @Override
        public void secured(Channel channel, TlsInfo tls) {
            begin(channel, tls, false);
        }

        @Override
        public void turnedAway(Channel channel, TlsInfo tls) {
            begin(channel, tls, true);
        }
    }

    private void joinAll(long untilNanos) {
        try {
            for (Running running : sessions.values()) {
                long left = untilNanos - System.nanoTime();
                if (left <= 0) return;
                if (!running.thread.join(Duration.ofNanos(left))) return;
                left = untilNanos - System.nanoTime();
                if (!running.connection.closed().await(left, TimeUnit.NANOSECONDS)) return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
