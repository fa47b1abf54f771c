package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What Linux holds of files in memory. */
final class PageCache {

    private static final int DONT_NEED = 4; // POSIX_FADV_DONTNEED

    private PageCache() {}

    /** Passes a test over where files lie in memory alone, or are not read without waiting. */
    static void require(Path directory) throws IOException {
        String type = Files.getFileStore(directory).type();
        assumeFalse(Set.of("tmpfs", "zfs").contains(type), type + " is no disk like others");
    }

    /** Has Linux forget what it holds of a file. */
    static void drop(Path file) throws Throwable {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var arena = Arena.ofConfined()) {
            channel.force(true); // only what is on the disk can be forgotten
            var number = ValueLayout.JAVA_INT;
            var offset = ValueLayout.JAVA_LONG;
            var open = function("open", FunctionDescriptor.of(number, ValueLayout.ADDRESS, number));
            var advise =
                    function(
                            "posix_fadvise",
                            FunctionDescriptor.of(number, number, offset, offset, number));
            var close = function("close", FunctionDescriptor.of(number, number));
            int descriptor = (int) open.invokeExact(arena.allocateFrom(file.toString()), 0);
            int done = (int) advise.invokeExact(descriptor, 0L, 0L, DONT_NEED);
            int closed = (int) close.invokeExact(descriptor);
            if (descriptor < 0 || done != 0 || closed != 0) throw new AssertionError("not dropped");
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor shape) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }
}
