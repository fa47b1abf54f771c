package dev.sobre.mail.rocksdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Linux does with files and Java's channels don't. */
record SystemCalls(
        MethodHandle open,
        MethodHandle preadv2,
        MethodHandle fallocate,
        MethodHandle ftruncate,
        MethodHandle close,
        Charset ofPaths) {

    private static final Logger LOG = LoggerFactory.getLogger(SystemCalls.class);

    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NO_WAIT = 8; // RWF_NOWAIT
    private static final int KEEP_SIZE = 1; // FALLOC_FL_KEEP_SIZE

    /** Empty where there are none such, or whoever runs this has not allowed native access. */
    static final Optional<SystemCalls> HERE = link();

    private static Optional<SystemCalls> link() {
        if (!SystemCalls.class.getModule().isNativeAccessEnabled()) return Optional.empty();
        var number = ValueLayout.JAVA_INT;
        var offset = ValueLayout.JAVA_LONG;
        var at = ValueLayout.ADDRESS;
        try {
            return Optional.of(
                    new SystemCalls(
                            link("open", number, at, number),
                            link("preadv2", offset, number, at, number, offset, number),
                            link("fallocate", number, number, number, offset, offset),
                            link("ftruncate", number, number, offset),
                            link("close", number, number),
                            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))));
        } catch (RuntimeException e) {
            LOG.debug("files are read and written as Java's channels do", e);
            return Optional.empty();
        }
    }

    @SuppressWarnings("restricted") // the flags of the launcher allow it, or it is not called
    private static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /** The descriptor of an opened file, negative when it could not be. */
    int open(Path file, int how) {
        try (var arena = Arena.ofConfined()) {
            byte[] octets = file.toString().getBytes(ofPaths);
            var name = arena.allocate(octets.length + 1).copyFrom(MemorySegment.ofArray(octets));
            return (int) open.invokeExact(name, how | CLOSE_ON_EXEC);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads into native memory what the system has in memory; how many octets, or negative. */
    int readWithoutWaiting(int descriptor, MemorySegment into, long position, Arena arena) {
        try {
            var vector = arena.allocate(ValueLayout.ADDRESS.byteSize() + Long.BYTES, Long.BYTES);
            vector.set(ValueLayout.ADDRESS, 0, into);
            vector.set(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS.byteSize(), into.byteSize());
            return (int) (long) preadv2.invokeExact(descriptor, vector, 1, position, NO_WAIT);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Gives a file blocks, also behind its end, which stays where it is; false when it can't. */
    boolean allocate(int descriptor, long from, long octets) {
        try {
            return (int) fallocate.invokeExact(descriptor, KEEP_SIZE, from, octets) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Cuts a file, and takes from it the blocks behind its end; false when it can't. */
    boolean truncate(int descriptor, long octets) {
        try {
            return (int) ftruncate.invokeExact(descriptor, octets) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void close(int descriptor) {
        try {
            int _ = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) throw error; // no memory for the octets
        return new IllegalStateException("the system's functions throw nothing", e);
    }
}
