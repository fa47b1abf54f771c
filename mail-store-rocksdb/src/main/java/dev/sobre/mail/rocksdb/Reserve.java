package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks that a growing file has ahead of its end, so that a sync has no new ones to note. Where
 * the system has no such thing, or little space, there are none.
 */
final class Reserve implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

    static final long STEP = 8 << 20;
    private static final long SPARE = 64 * STEP; // where less is free, others need it more

    private final Path file;
    private final Optional<SystemCalls> system = SystemCalls.HERE;
    private final int descriptor;
    private long end; // there are blocks to here, or it is of no use to ask for more

    /** Of a file that is there, and empty. */
    Reserve(Path file) {
        this.file = file;
        this.descriptor = system.map(s -> s.open(file, SystemCalls.WRITE_ONLY)).orElse(-1);
        if (descriptor < 0) this.end = Long.MAX_VALUE;
    }

    /** Takes from a file that is not written any more what it has behind its end. */
    static void giveBack(Path file) {
        new Reserve(file).close();
    }

    /** To be called before octets up to {@code position} are written. */
    void reach(long position) {
        while (end < position) {
            boolean isRoom = file.toFile().getUsableSpace() >= SPARE;
            boolean more = isRoom && system.orElseThrow().allocate(descriptor, end, STEP);
            end = more ? end + STEP : Long.MAX_VALUE;
        }
    }

    /** Gives back what the file has not filled. */
    @Override
    public void close() {
        if (descriptor < 0) return;
        try (var whole = FileChannel.open(file)) {
            system.orElseThrow().truncate(descriptor, whole.size()); // which cuts nothing
        } catch (IOException e) {
            LOG.debug("{} keeps what it has behind its end", file, e);
        } finally {
            system.orElseThrow().close(descriptor);
        }
    }
}
