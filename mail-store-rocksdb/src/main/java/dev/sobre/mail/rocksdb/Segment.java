package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A segment that is open for reading; its readers are counted by {@link Segments}. */
final class Segment implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    final long number;
    int readers; // guarded by the lock of Segments
    private final Supplier<Path> file; // it can move
    private volatile FileChannel channel;
    private final Optional<CachedFile> cached;
    private volatile boolean closed;

    private Segment(long number, Supplier<Path> file, FileChannel channel) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.cached = CachedFile.open(file.get());
    }

    static Segment open(long number, Supplier<Path> file) throws IOException {
        return new Segment(number, file, open(file));
    }

    private static FileChannel open(Supplier<Path> file) throws IOException {
        try {
            return FileChannel.open(file.get(), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            LOG.trace("it may just have moved", e);
            return FileChannel.open(file.get(), StandardOpenOption.READ);
        }
    }

    /** Fills {@code into} from {@code position} on; false when the file ends before. */
    boolean readFully(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        while (into.hasRemaining()) {
            int read = read(into, position + into.position() - start);
            if (read < 0) return false;
        }
        return true;
    }

    /** Reads of the octets from {@code position} on as many as can be had without waiting. */
    void readCached(ByteBuffer into, long position) {
        cached.ifPresent(file -> file.read(into, position));
    }

    private int read(ByteBuffer into, long position) throws IOException {
        while (true) {
            var channel = this.channel;
            try {
                return channel.read(into, position);
            } catch (ClosedByInterruptException e) {
                throw e; // this thread was interrupted, and took the channel with it
            } catch (ClosedChannelException e) {
                reopen(channel, e);
            }
        }
    }

    /** An interrupted reader closes the channel (NIO's rule); the other readers open it again. */
    @SuppressWarnings("ReferenceEquality") // whether it is that very channel
    private synchronized void reopen(FileChannel broken, ClosedChannelException cause)
            throws IOException {
        if (closed) throw cause;
        if (channel == broken) channel = open(file);
    }

    @Override
    public synchronized void close() {
        closed = true;
        cached.ifPresent(CachedFile::close);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("segment {} could not be closed", number, e);
        }
    }
}
