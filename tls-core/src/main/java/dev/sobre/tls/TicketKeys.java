package dev.sobre.tls;

import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring of keys under which clients keep their sessions: one that seals, and its predecessors
 * that still open. A new one is made every 12 hours, and none opens after 24, so that a stolen
 * machine tells little of the past.
 */
public final class TicketKeys {
    private static final Logger log = LoggerFactory.getLogger(TicketKeys.class);
    private static final Duration SEALS = Duration.ofHours(12);
    private static final Duration OPENS = Duration.ofHours(24);
    private static final String HEADER =
            "# Session ticket keys, secret: when made (seconds), then name, MAC key and cipher key.";

    private final InstantSource clock;
    private final Optional<Path> file;
    private volatile Ring ring;

    /** The keys of one moment, the one that seals first; each change has a higher generation. */
    record Ring(long generation, List<TicketKey> keys) {
        Ring(long generation, List<TicketKey> keys) {
            this.generation = generation;
            this.keys = List.copyOf(keys);
        }

        Ring then(List<TicketKey> others) {
            return new Ring(generation + 1, others);
        }
    }

    private TicketKeys(InstantSource clock, Optional<Path> file, List<TicketKey> ring) {
        this.clock = clock;
        this.file = file;
        this.ring = new Ring(0, ring);
    }

    /** Keys that end with the process. */
    public static TicketKeys inMemory() {
        return inMemory(InstantSource.system());
    }

    /** Keys in a file of the owner's (0600), made when absent: sessions resume after a restart. */
    public static TicketKeys in(Path file) throws PkiException {
        return in(file, InstantSource.system());
    }

    static TicketKeys inMemory(InstantSource clock) {
        return new TicketKeys(clock, Optional.empty(), List.of(TicketKey.make(clock.instant())));
    }

    static TicketKeys in(Path file, InstantSource clock) throws PkiException {
        try {
            var kept = live(Files.exists(file) ? read(file) : List.of(), clock.instant());
            var keys = new TicketKeys(clock, Optional.of(file), kept);
            if (keys.due(clock.instant())) {
                keys.ring = keys.ring.then(next(kept, clock.instant()));
                SafeFile.writeSecret(file, text(keys.ring.keys()));
            }
            return keys;
        } catch (IOException e) {
            throw new PkiException("cannot keep session ticket keys in " + file + ": " + e, e);
        }
    }

    /** The keys of this moment. Never waits: a new ring is written on a thread of its own. */
    Ring ring() {
        Instant now = clock.instant();
        return due(now) || stale(now) ? rotate(now) : ring;
    }

    private synchronized Ring rotate(Instant now) {
        if (due(now) || stale(now)) {
            var kept = live(ring.keys(), now);
            ring = ring.then(due(now) ? next(kept, now) : kept);
            file.ifPresent(f -> Thread.ofVirtual().name("ticket-keys").start(() -> save(f)));
        }
        return ring;
    }

    private synchronized void save(Path path) {
        try {
            SafeFile.writeSecret(path, text(ring.keys()));
        } catch (IOException e) {
            log.warn(
                    "sessions of now will not resume after a restart: cannot write {}: {}",
                    path,
                    e);
        }
    }

    private boolean due(Instant now) {
        List<TicketKey> keys = ring.keys();
        return keys.isEmpty() || !now.isBefore(keys.getFirst().made().plus(SEALS));
    }

    private boolean stale(Instant now) {
        List<TicketKey> keys = ring.keys();
        return !keys.isEmpty() && !now.isBefore(keys.getLast().made().plus(OPENS));
    }

    private static List<TicketKey> next(List<TicketKey> before, Instant now) {
        var all = new ArrayList<>(List.of(TicketKey.make(now)));
        all.addAll(before);
        return List.copyOf(all);
    }

    private static List<TicketKey> live(List<TicketKey> all, Instant now) {
        return all.stream()
                // One from the future would seal for longer than a key may.
                .filter(k -> now.isBefore(k.made().plus(OPENS)) && !k.made().isAfter(now))
                .sorted(Comparator.comparing(TicketKey::made).reversed())
                .toList();
    }

    private static List<TicketKey> read(Path file) throws IOException, PkiException {
        if (SafeFile.othersMayRead(file)) {
            log.warn("{} holds secrets that others may read: chmod 600 it", file);
        }
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TicketKey::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new PkiException(
                    file + " holds no session ticket keys; delete it and a new one is made", e);
        }
    }

    private static byte[] text(List<TicketKey> keys) {
        return keys.stream()
                .map(TicketKey::line)
                .collect(Collectors.joining("\n", HEADER + "\n", "\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
