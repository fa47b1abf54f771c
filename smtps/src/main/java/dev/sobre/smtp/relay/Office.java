package dev.sobre.smtp.relay;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lanes of a relay share: connections, threads, the store, and the count of their work.
 */
final class Office {

    private static final Logger LOG = LoggerFactory.getLogger(Office.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final RelaySettings settings;
    private final MailStore store;
    private final Inboxes inboxes;
    private final Settlement settlement;
    private final Runnable done;
    private final TlsClients clients;
    private final Semaphore connections;
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Set<Thread> couriers = ConcurrentHashMap.newKeySet();

    /**
     * @param done told when a mail was settled
     */
    Office(
            RelaySettings settings,
            MailStore store,
            Inboxes inboxes,
            Settlement settlement,
            Runnable done) {
        this.settings = settings;
        this.store = store;
        this.inboxes = inboxes;
        this.settlement = settlement;
        this.done = done;
        this.clients = new TlsClients(settings.route());
        this.connections = new Semaphore(settings.connections());
    }

    RelaySettings settings() {
        return settings;
    }

    MailStore store() {
        return store;
    }

    Inboxes inboxes() {
        return inboxes;
    }

    Instant now() {
        return settings.clock().instant();
    }

    boolean closing() {
        return closing.get();
    }

    int inHand() {
        return inHand.get();
    }

    void taken(Consignment mail) {
        inHand.addAndGet(mail.claims().size());
    }

    /** Notes what became of a mail; where the store can't be written to, as soon as it can. */
    void settle(Consignment mail, Map<Claim, Outcome> outcomes) {
        try {
            while (!settled(mail, outcomes) && !closing()) Thread.sleep(SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("what became of a mail could not be noted; it is tried again later", e);
        } finally {
            inHand.addAndGet(-mail.claims().size());
            done.run();
        }
    }

    private boolean settled(Consignment mail, Map<Claim, Outcome> outcomes) {
        try {
            settlement.settle(mail, outcomes);
            return true;
        } catch (StoreException e) {
            LOG.warn("what became of a mail can't be noted now: {}", e.getMessage(), e);
            return false;
        }
    }

    /** Opens a connection, when there may be one more. */
    Hop connect(Host host) throws IOException, InterruptedException {
        connections.acquire();
        boolean open = false;
        try {
            var hop = Hop.open(host, settings, clients);
            open = true;
            return hop;
        } finally {
            if (!open) connections.release();
        }
    }

    void disconnect(Hop hop) {
        hop.close();
        connections.release();
    }

    /** Starts a thread that carries mails. */
    void start(String lane, Runnable work) {
        var thread =
                Thread.ofVirtual()
                        .name("relay-" + lane)
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        couriers.remove(Thread.currentThread());
                                    }
                                });
        couriers.add(thread);
        thread.start();
    }

    void close(Duration grace) throws InterruptedException {
        closing.set(true);
        long end = System.nanoTime() + grace.toNanos();
        for (Thread thread : couriers) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (left.isPositive()) thread.join(left);
        }
        couriers.forEach(Thread::interrupt);
        for (Thread thread : couriers) thread.join(Duration.ofSeconds(5));
    }
}
