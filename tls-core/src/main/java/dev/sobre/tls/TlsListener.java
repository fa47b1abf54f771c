package dev.sobre.tls;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A place that speaks TLS and hands each secured connection to a service. */
public final class TlsListener implements AutoCloseable {
    private static final long LOOK_SECONDS = 10;

    private final Doors doors;
    private final Attempts attempts;

    private TlsListener(Doors doors, Attempts attempts) {
        this.doors = doors;
        this.attempts = attempts;
    }

    /**
     * Binds all addresses, or none, and starts to accept.
     *
     * @throws BindFailed with a remedy where an address cannot be had
     */
    public static TlsListener bind(ListenerSettings settings, TlsContext tls, Secured service) {
        tls.prepare(settings);
        var attempts = new Attempts(settings, tls, service);
        var doors = Doors.open(settings, attempts);
        if (settings.clients() instanceof ClientAuthentication.Asked asked) {
            keepCurrent(asked.trust(), () -> tls.prepare(settings), doors.listening().getFirst());
        }
        return new TlsListener(doors, attempts);
    }

    /** The files are read on a thread that may wait, for as long as a channel is open. */
    private static void keepCurrent(ClientTrust trust, Runnable then, Channel open) {
        if (trust.isFixed()) return;
        Runnable look =
                () -> {
                    trust.refresh();
                    then.run();
                };
        var looking =
                open.eventLoop()
                        .scheduleWithFixedDelay(
                                () -> Thread.startVirtualThread(look),
                                LOOK_SECONDS,
                                LOOK_SECONDS,
                                TimeUnit.SECONDS);
        var _ = open.closeFuture().addListener(closed -> looking.cancel(false));
    }

    /** The port of the first address that has one; 0 where all are Unix sockets. */
    public int port() {
        return addresses().stream().mapToInt(InetSocketAddress::getPort).findFirst().orElse(0);
    }

    /** The addresses of TCP that are listened on. */
    public List<InetSocketAddress> addresses() {
        return doors.listening().stream()
                .map(Channel::localAddress)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .distinct()
                .toList();
    }

    /**
     * Stops accepting and breaks off the handshakes under way; connections that the service has
     * live on. Safe to call twice.
     */
    @Override
    public void close() {
        doors.close();
        attempts.close();
    }
}
