package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment that grows. Belongs to the writer thread: bodies are appended, made durable together
 * by {@link #sync}, or taken back together by {@link #rollback}. A store that opens starts a new
 * segment with its first body; what earlier ones end with is left as it is.
 */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private final Segments segments;
    private final long rollAt;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final List<Long> ended = new ArrayList<>();
    private @Nullable FileChannel channel;
    private long number;
    private long synced; // everything before is durable
    private long written; // everything before is in the file

    SegmentWriter(Segments segments, long rollAt) {
        this.segments = segments;
        this.rollAt = rollAt;
    }

    /** Writes one record; durable after {@link #sync}. */
    BlobRef append(SegmentFormat.Origin origin, ByteBuffer body, int[] sums) throws IOException {
        if (channel != null && position() >= rollAt) roll();
        if (channel == null) start();
        ByteBuffer head = SegmentFormat.head(origin, body.remaining(), SegmentFormat.HEAD);
        var ref = new BlobRef(number, position() + head.remaining(), body.remaining());
        write(head.duplicate());
        write(body.duplicate());
        write(SegmentFormat.tail(head, sums, origin));
        return ref;
    }

    /** Makes everything appended so far durable. */
    void sync() throws IOException {
        var file = channel;
        if (file == null || position() == synced) return;
        drain();
        file.force(false); // fdatasync: it keeps the length too, for the data can't be read without
        synced = written;
    }

    /** Forgets what was appended since the last sync, after a failure. */
    void rollback() {
        buffer.clear();
        if (channel == null || written == synced) return;
        LOG.warn(
                "segment {}: a failed commit left octets {} to {}, which nothing refers to",
                number,
                synced,
                written);
        end(); // what the kernel holds of a file after a failed write or sync is not to be relied
        // on
    }

    private void start() throws IOException {
        number = segments.newNumber();
        var file =
                FileChannel.open(
                        segments.file(number),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        channel = file;
        synced = 0;
        written = 0;
        write(SegmentFormat.fileHead(number, false));
        Home.syncDirectory(segments.directory);
    }

    private void roll() throws IOException {
        sync();
        end();
    }

    private void end() {
        ended.add(number);
        close();
    }

    /** The number of the segment that grows; 0 when none does. */
    long growing() {
        return channel == null ? 0 : number;
    }

    /** The segments that have ended since this was asked last. */
    List<Long> ended() {
        var numbers = List.copyOf(ended);
        ended.clear();
        return numbers;
    }

    Segments segments() {
        return segments;
    }

    private long position() {
        return written + buffer.position();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) drain();
            int most = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), most));
            bytes.position(bytes.position() + most);
        }
    }

    private void drain() throws IOException {
        var file = java.util.Objects.requireNonNull(channel);
        buffer.flip();
        try {
            while (buffer.hasRemaining()) written += file.write(buffer, written);
        } finally {
            buffer.clear();
        }
    }

    @Override
    public void close() {
        var file = channel;
        channel = null;
        if (file == null) return;
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("segment {} could not be closed", number, e);
        }
    }
}
