package dev.sobre.tls;

import dev.sobre.tls.pki.PkiException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys under which clients keep their sessions: one that seals, the next, which is known before
 * it seals, and the previous ones, which still open. A session ends with its key, so that a stolen
 * machine tells little of the past.
 */
public final class TicketKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TicketKeys.class);

    private final TicketSchedule schedule;
    private final InstantSource clock;
    private final Turn turn;
    private final Optional<TicketFile> file;
    private TicketRing all;
    private volatile Ring ring;
    private volatile String trouble = "";

    /** Makes the ring of a moment out of the one before, without waiting for anything. */
    private interface Turn {
        TicketRing of(TicketRing before, Instant now);
    }

    /**
     * The keys of one moment as engines need them.
     *
     * @param generation each change has a higher one
     * @param keys the one that seals, then the others that open
     * @param until when it is out of date
     */
    record Ring(long generation, List<TicketKey> keys, Instant until) {
        Ring(long generation, List<TicketKey> keys, Instant until) {
            this.generation = generation;
            this.keys = List.copyOf(keys);
            this.until = until;
        }
    }

    /**
     * What can be told of a key.
     *
     * @param name the first bytes of what its tickets show in the clear
     * @param from when it begins to seal new tickets
     * @param until when it opens none any more
     * @param seals whether it is the one that seals now
     */
    public record Facts(String name, Instant from, Instant until, boolean seals) {}

    private TicketKeys(
            TicketSchedule schedule,
            InstantSource clock,
            TicketRing first,
            Turn turn,
            Optional<TicketFile> file) {
        this.schedule = schedule;
        this.clock = clock;
        this.turn = turn;
        this.file = file;
        this.all = first;
        this.ring = new Ring(0, List.of(), Instant.MIN);
    }

    /** Keys that end with the process. */
    public static TicketKeys inMemory() {
        return inMemory(TicketSchedule.standard());
    }

    /** Keys that end with the process. */
    public static TicketKeys inMemory(TicketSchedule schedule) {
        return inMemory(schedule, InstantSource.system());
    }

    /** Keys in a file, on the standard schedule. */
    public static TicketKeys in(Path file) throws PkiException {
        return in(file, TicketSchedule.standard());
    }

    /**
     * Keys in a file of the owner's (0600), made when absent: sessions resume after a restart.
     * Other processes with the same schedule, and other machines where the directory is a shared
     * one, may use the file at the same time: then their sessions resume with each other.
     */
    public static TicketKeys in(Path file, TicketSchedule schedule) throws PkiException {
        var keys = in(file, schedule, InstantSource.system());
        poll(new WeakReference<>(keys), schedule);
        return keys;
    }

    /**
     * Keys that are derived from a secret of at least 32 bytes and the clock: for a secret that can
     * only be read, such as a credential of systemd. Machines with the same secret and schedule
     * resume each other's sessions. Who learns the secret can open all tickets ever made under it.
     */
    public static TicketKeys derivedFrom(Path secret, TicketSchedule schedule) throws PkiException {
        try {
            return derivedFrom(TicketSeed.read(secret), schedule, InstantSource.system());
        } catch (IOException | IllegalArgumentException e) {
            throw new PkiException(
                    "cannot derive session ticket keys from "
                            + secret
                            + ", which must hold 32 random bytes or more: "
                            + e,
                    e);
        }
    }

    static TicketKeys inMemory(TicketSchedule schedule, InstantSource clock) {
        var none = new TicketRing(schedule, List.of());
        return new TicketKeys(schedule, clock, none, TicketRing::turned, Optional.empty());
    }

    static TicketKeys in(Path file, TicketSchedule schedule, InstantSource clock)
            throws PkiException {
        try {
            var kept = new TicketFile(file, schedule);
            return new TicketKeys(
                    schedule,
                    clock,
                    kept.turned(clock.instant()),
                    // The file is a thread's business, but there must be a key that seals.
                    (ring, now) -> ring.sealing(now).isPresent() ? ring : ring.turned(now),
                    Optional.of(kept));
        } catch (IOException e) {
            throw new PkiException("cannot keep session ticket keys in " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new PkiException(
                    file + " holds no session ticket keys; delete it and a new one is made", e);
        }
    }

    static TicketKeys derivedFrom(byte[] secret, TicketSchedule schedule, InstantSource clock) {
        var seed = new TicketSeed(secret);
        return new TicketKeys(
                schedule,
                clock,
                seed.at(clock.instant(), schedule),
                (_, now) -> seed.at(now, schedule),
                Optional.empty());
    }

    public TicketSchedule schedule() {
        return schedule;
    }

    /** The keys of now, the one that seals first. */
    public List<Facts> facts() {
        List<TicketKey> keys = ring().keys();
        return keys.stream()
                .map(
                        key ->
                                new Facts(
                                        key.name(),
                                        key.from(),
                                        key.from().plus(schedule.lifetime()),
                                        key.equals(keys.getFirst())))
                .toList();
    }

    /** The keys of now. Never waits, and takes no lock but when a key begins or ends. */
    Ring ring() {
        Instant now = clock.instant();
        Ring present = ring;
        return now.isBefore(present.until) ? present : advance(now);
    }

    /** Looks at the file again, and makes the next key where it is due. */
    void refresh() {
        if (file.isEmpty()) return;
        try {
            Instant now = clock.instant();
            adopt(file.get().turned(now), now);
            trouble = "";
        } catch (IOException | IllegalArgumentException e) {
            if (!trouble.equals(e.toString())) {
                LOG.warn("the session ticket keys stay as they are: {}", e.toString());
            }
            trouble = e.toString();
        }
    }

    private synchronized Ring advance(Instant now) {
        if (now.isBefore(ring.until)) return ring;
        return use(turn.of(all, now), now);
    }

    private synchronized void adopt(TicketRing found, Instant now) {
        use(turn.of(found, now), now);
    }

    private Ring use(TicketRing next, Instant now) {
        var keys = next.opening(now);
        long generation = ring.generation() + (keys.equals(ring.keys()) ? 0 : 1);
        all = next;
        ring = new Ring(generation, keys, next.until(now));
        return ring;
    }

    /** For as long as somebody has these keys. */
    private static void poll(WeakReference<TicketKeys> keys, TicketSchedule schedule) {
        Thread.ofVirtual()
                .name("ticket-keys")
                .start(
                        () -> {
                            try {
                                for (; ; ) {
                                    Thread.sleep(schedule.poll());
                                    TicketKeys still = keys.get();
                                    if (still == null) return;
                                    still.refresh();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
