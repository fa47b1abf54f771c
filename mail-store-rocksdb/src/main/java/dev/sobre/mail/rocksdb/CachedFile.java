package dev.sobre.mail.rocksdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of which one reads what the system has in memory, and never waits for the disk: {@code
 * preadv2} with {@code RWF_NOWAIT}, which Java's channels don't have.
 */
final class CachedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CachedFile.class);
    private static final int READ_ONLY = 0x80000; // O_RDONLY, O_CLOEXEC
    private static final int NOWAIT = 8; // RWF_NOWAIT
    private static final Optional<Calls> CALLS = Calls.link();

    /** The system's functions. */
    private record Calls(
            MethodHandle open, MethodHandle read, MethodHandle close, Charset ofPaths) {

        /** Empty where there are none such, or whoever runs this has not allowed native access. */
        static Optional<Calls> link() {
            if (!CachedFile.class.getModule().isNativeAccessEnabled()) return Optional.empty();
            var number = ValueLayout.JAVA_INT;
            var offset = ValueLayout.JAVA_LONG;
            var at = ValueLayout.ADDRESS;
            try {
                var open = link("open", number, at, number);
                var read = link("preadv2", offset, number, at, number, offset, number);
                var close = link("close", number, number);
                String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
                return Optional.of(new Calls(open, read, close, Charset.forName(encoding)));
            } catch (RuntimeException e) {
                LOG.debug("there is no reading without waiting here", e);
                return Optional.empty();
            }
        }

        @SuppressWarnings("restricted") // the flags of the launcher allow it, or it is not called
        private static MethodHandle link(
                String name, MemoryLayout result, MemoryLayout... arguments) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, arguments));
        }
    }

    private final Calls calls;
    private final int descriptor;
    private final StampedLock lock = new StampedLock(); // readers: the descriptor stays open
    private boolean closed; // guarded by lock

    private CachedFile(Calls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** Opens a file; empty where it can't be, or the system knows no such reading. */
    static Optional<CachedFile> open(Path file) {
        if (CALLS.isEmpty()) return Optional.empty();
        var calls = CALLS.get();
        try (var arena = Arena.ofConfined()) {
            byte[] octets = file.toString().getBytes(calls.ofPaths);
            var name = arena.allocate(octets.length + 1).copyFrom(MemorySegment.ofArray(octets));
            int descriptor = (int) calls.open.invokeExact(name, READ_ONLY);
            return descriptor < 0
                    ? Optional.empty()
                    : Optional.of(new CachedFile(calls, descriptor));
        } catch (Throwable e) {
            throw unexpected(e);
        }
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
            var vector = arena.allocate(ValueLayout.ADDRESS.byteSize() + Long.BYTES, Long.BYTES);
            vector.set(ValueLayout.ADDRESS, 0, octets);
            vector.set(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS.byteSize(), octets.byteSize());
            int read = (int) (long) calls.read.invokeExact(descriptor, vector, 1, position, NOWAIT);
            if (read <= 0) return 0; // whatever it is: who reads and waits will know
            if (!target.isNative()) MemorySegment.copy(octets, 0, target, 0, read);
            into.position(into.position() + read);
            return read;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) throw error; // no memory for the octets
        return new IllegalStateException("the system's functions throw nothing", e);
    }

    @Override
    public void close() {
        long stamp = lock.writeLock();
        try {
            if (closed) return;
            closed = true;
            int _ = (int) calls.close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
