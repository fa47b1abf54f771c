package dev.sobre.mail.rocksdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;

/**
 * A file of which one reads what the system has in memory, and never waits for the disk: {@code
 * preadv2} with {@code RWF_NOWAIT}, which Java's channels don't have.
 */
final class CachedFile implements AutoCloseable {

    private final SystemCalls system;
    private final int descriptor;
    private final StampedLock lock = new StampedLock(); // readers: the descriptor stays open
    private boolean closed; // guarded by lock

    private CachedFile(SystemCalls system, int descriptor) {
        this.system = system;
        this.descriptor = descriptor;
    }

    /** Opens a file; empty where it can't be, or the system knows no such reading. */
    static Optional<CachedFile> open(Path file) {
        if (SystemCalls.HERE.isEmpty()) return Optional.empty();
        var system = SystemCalls.HERE.get();
        int descriptor = system.open(file, SystemCalls.READ_ONLY);
        return descriptor < 0 ? Optional.empty() : Optional.of(new CachedFile(system, descriptor));
    }

    /**
     * Reads from a position on what is in memory.
     *
     * @return how many octets; 0 where the next one is not in memory, or there is none
     */
    int read(ByteBuffer into, long position) {
        long stamp = lock.tryReadLock();
        if (stamp == 0) return 0; // it is being closed
        try {
            return closed ? 0 : read(MemorySegment.ofBuffer(into), into, position);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private int read(MemorySegment target, ByteBuffer into, long position) {
        try (var arena = Arena.ofConfined()) {
            // The system writes to no array of ours, as the collector may move it.
            var octets = target.isNative() ? target : arena.allocate(target.byteSize());
            int read = system.readWithoutWaiting(descriptor, octets, position, arena);
            if (read <= 0) return 0; // whatever it is: who reads and waits will know
            if (!target.isNative()) MemorySegment.copy(octets, 0, target, 0, read);
            into.position(into.position() + read);
            return read;
        }
    }

    @Override
    public void close() {
        long stamp = lock.writeLock();
        try {
            if (!closed) system.close(descriptor);
            closed = true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
