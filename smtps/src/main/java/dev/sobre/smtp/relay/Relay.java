package dev.sobre.smtp.relay;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due from a store's spool and sees to it that it leaves. One for a store: it begins
 * by taking back what an earlier one had claimed. A crash loses nothing; it sends a mail twice only
 * where it falls between another server's 250 and our noting it, some milliseconds later.
 */
public final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration LEASE = Hop.LONGEST.multipliedBy(3);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int AT_ONCE = 200;
    private static final int MOST_IN_HAND = 2000;

    private final RelaySettings settings;
    private final Spool spool;
    private final Office office;
    private final Map<String, Lane> lanes = new HashMap<>(); // the dispatcher's, and forgive's
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Subscription hints;
    private final Thread dispatcher;

    private Relay(RelaySettings settings, MailStore store, Inboxes inboxes, Settlement settlement) {
        this.settings = settings;
        this.spool = store.spool();
        this.office = new Office(settings, store, inboxes, settlement, wakes::release);
        this.hints = spool.watch(wakes::release);
        this.dispatcher = Thread.ofVirtual().name("relay").unstarted(this::run);
    }

    /** Starts to relay; senders are told of delays and failures. */
    public static Relay start(RelaySettings settings, MailStore store, Recipients recipients) {
        return start(settings, store, recipients, new StoreReturns(store, recipients));
    }

    /**
     * Starts to relay.
     *
     * @param recipients who gets mail that waits for mailboxes of this very server
     * @param returns who tells senders of delays and failures
     */
    public static Relay start(
            RelaySettings settings, MailStore store, Recipients recipients, Returns returns) {
        store.spool().reclaim();
        var settlement = new Settlement(settings, store, returns);
        var relay = new Relay(settings, store, new Inboxes(store, recipients), settlement);
        relay.dispatcher.start();
        return relay;
    }

    /** Lets destinations that rest after a failure be tried again at once. */
    public void forgive() {
        synchronized (lanes) {
            lanes.values().forEach(Lane::forgive);
        }
        wakes.release();
    }

    private void run() {
        while (!closed.get()) {
            wakes.drainPermits();
            try {
                if (!claim()) rest();
            } catch (StoreException e) {
                LOG.warn("the spool can't be worked on now: {}", e.getMessage(), e);
                sleep(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("relaying stumbled", e);
                sleep(Duration.ofSeconds(10));
            }
        }
    }

    /** Claims what is due and hands it to the lanes; says whether there was anything. */
    private boolean claim() {
        int room = Math.min(AT_ONCE, MOST_IN_HAND - office.inHand());
        if (room < 1) return false;
        List<Claim> claims = spool.claim(now(), LEASE, room);
        var byLane = new HashMap<String, List<Claim>>();
        for (Claim claim : claims) {
            byLane.computeIfAbsent(lane(claim.entry()), _ -> new ArrayList<>()).add(claim);
        }
        synchronized (lanes) {
            lanes.values().removeIf(Lane::isIdle);
            byLane.forEach(
                    (name, all) ->
                            lanes.computeIfAbsent(name, n -> new Lane(n, office))
                                    .add(Consignment.of(all)));
        }
        return !claims.isEmpty();
    }

    private String lane(Entry entry) {
        return entry.isHere() ? "" : settings.route().lane(entry.domain());
    }

    private void rest() throws InterruptedException {
        var next = spool.nextDue().map(due -> Duration.between(now(), due)).orElse(LONGEST_WAIT);
        long millis = Math.clamp(next.toMillis() + 1, 1, LONGEST_WAIT.toMillis());
        // What is due and not claimed waits for a lane to become free, which wakes us.
        if (office.inHand() >= MOST_IN_HAND) millis = LONGEST_WAIT.toMillis();
        var _ = wakes.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    private void sleep(Duration time) {
        try {
            if (!closed.get()) Thread.sleep(time);
        } catch (InterruptedException e) {
            closed.set(true);
        }
    }

    private Instant now() {
        return settings.clock().instant();
    }

    /** Stops; mails that are on their way have a few seconds, then they wait for the next start. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        hints.close();
        dispatcher.interrupt();
        try {
            dispatcher.join(Duration.ofSeconds(10));
            office.close(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
