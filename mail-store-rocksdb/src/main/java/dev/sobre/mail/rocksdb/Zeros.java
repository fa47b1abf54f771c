package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zeros that a growing file has ahead of what is written to it little by little. Where they are
 * written over, a sync has nothing to note but the data: the file has the length and the blocks
 * that it had.
 */
final class Zeros {

    private static final Logger LOG = LoggerFactory.getLogger(Zeros.class);

    static final int STEP = 1 << 20; // stays in the processor's cache until it is written over
    private static final int LITTLE = STEP / 8; // with more, writing twice costs more than it saves
    private static final long SPARE = 512L << 20; // where less is free, others need it more
    private static final ByteBuffer OCTETS = ByteBuffer.allocateDirect(STEP);

    private final Path path;
    private final FileChannel file;
    private final long most;
    private long end; // of what was written, zeros or not

    /**
     * @param path of a file that is there, and empty
     * @param most how long it will be, about
     */
    Zeros(Path path, FileChannel file, long most) {
        this.path = path;
        this.file = file;
        this.most = most;
    }

    /** To be called before the octets between two places are written, and then synced. */
    void reach(long from, long to) {
        if (to <= end) return;
        end = to;
        if (to - from > LITTLE || path.toFile().getUsableSpace() < SPARE) return;
        var zeros = OCTETS.duplicate().limit(Math.clamp(most - to, 0, STEP));
        try {
            while (zeros.hasRemaining()) end += file.write(zeros, end);
        } catch (IOException e) {
            LOG.debug("{} has fewer zeros ahead of its end", path, e);
        }
    }

    /** Cuts off what was not written over. */
    void cut(long written) {
        if (end <= written) return;
        try {
            file.truncate(written);
        } catch (IOException e) {
            LOG.debug("{} keeps zeros behind its end", path, e);
        }
    }
}
