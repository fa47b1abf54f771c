package dev.sobre.tls;

import dev.sobre.tls.pki.SafeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ring of ticket keys in a file (0600) that several processes, also of several machines, may
 * share. Whoever first finds that a key is due makes it, under a lock; the others read it.
 */
final class TicketFile {
    private static final Logger LOG = LoggerFactory.getLogger(TicketFile.class);
    private static final long LARGEST = 64 << 10;
    private static final String HEADER =
            "# Session ticket keys, secret: from when each seals (seconds), then name, MAC key and"
                    + " cipher key.";

    private final Path file;
    private final Path lock;
    private final TicketSchedule schedule;
    private volatile boolean complained;

    TicketFile(Path file, TicketSchedule schedule) {
        this.file = file;
        this.lock = file.resolveSibling(file.getFileName() + ".lock");
        this.schedule = schedule;
    }

    /**
     * The ring of now, with a new key where one was due and nobody else is about to make it.
     *
     * @throws IllegalArgumentException where the file holds something else
     */
    TicketRing turned(Instant now) throws IOException {
        var found = read();
        if (!found.due(now)) return found;
        try {
            return turn(found, now);
        } catch (IOException e) {
            if (found.sealing(now).isEmpty()) throw e;
            if (!complained) LOG.warn("no new session ticket key: {}", e.toString());
            complained = true;
            return found; // it goes on for a while
        }
    }

    private TicketRing turn(TicketRing found, Instant now) throws IOException {
        if (found.ahead(now)) {
            LOG.warn("{} has keys from the future; do all machines have the same time?", file);
        }
        // One thread at a time: a process can lock a file only once.
        synchronized (TicketFile.class) {
            try (var channel = open();
                    var held = lock(channel, found.sealing(now).isEmpty())) {
                if (held == null) return read();
                var again = read();
                var next = again.turned(now);
                if (!next.equals(again)) SafeFile.writeSecret(file, text(next));
                complained = false;
                return next;
            }
        }
    }

    /** Who has a key that seals need not wait for him who makes the next. */
    private static @Nullable FileLock lock(FileChannel channel, boolean patient)
            throws IOException {
        for (int turn = 0; ; turn++) {
            var held = channel.tryLock();
            if (held != null || !patient || turn == 50) return held;
            LockSupport.parkNanos(20_000_000);
        }
    }

    private FileChannel open() throws IOException {
        if (!Files.exists(lock)) SafeFile.writeSecret(lock, new byte[0]);
        return FileChannel.open(lock, StandardOpenOption.WRITE);
    }

    private TicketRing read() throws IOException {
        if (!Files.exists(file)) return new TicketRing(schedule, List.of());
        if (Files.size(file) > LARGEST) throw new IllegalArgumentException("it is too large");
        if (SafeFile.othersMayRead(file)) {
            LOG.warn("{} holds secrets that others may read: chmod 600 it", file);
        }
        var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        return new TicketRing(
                schedule,
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(TicketKey::parse)
                        .toList());
    }

    private static byte[] text(TicketRing ring) {
        return ring.keys().stream()
                .map(TicketKey::line)
                .collect(Collectors.joining("\n", HEADER + "\n", "\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
