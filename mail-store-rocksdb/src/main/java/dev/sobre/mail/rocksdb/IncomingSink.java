package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.TooLarge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that arrives: in memory up to a length, beyond it in an incoming file, after the space for
 * the heads that make the file a segment.
 */
final class IncomingSink implements BlobSink {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingSink.class);
    private static final int FIRST = 4096;

    private final Path directory;
    private final int mostInMemory;
    private final long limit;
    private byte[] memory = new byte[0];
    private long length;
    private @Nullable Path path;
    private @Nullable FileChannel file;

    IncomingSink(Path directory, int mostInMemory, long limit) {
        this.directory = directory;
        this.mostInMemory = mostInMemory;
        this.limit = limit;
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        if (!octets.hasRemaining()) return;
        if (octets.remaining() > limit - length) {
            close();
            length = limit; // so that every further octet is refused too
            throw new TooLarge(limit);
        }
        if (path == null && length + octets.remaining() > mostInMemory) spill();
        var out = file;
        if (out == null) remember(octets);
        else append(out, octets);
    }

    private void remember(ByteBuffer octets) {
        int count = octets.remaining();
        int needed = (int) length + count;
        if (needed > memory.length) {
            int room = Math.min(mostInMemory, Math.max(FIRST, memory.length * 2));
            memory = Arrays.copyOf(memory, Math.max(needed, room));
        }
        octets.get(memory, (int) length, count);
        length += count;
    }

    private void spill() throws IOException {
        Path fresh = Files.createTempFile(directory, "body", ".in");
        path = fresh;
        var out = FileChannel.open(fresh, StandardOpenOption.WRITE);
        file = out;
        int count = (int) length;
        length = 0;
        append(out, ByteBuffer.wrap(memory, 0, count));
        memory = new byte[0];
    }

    private void append(FileChannel out, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            length += out.write(octets, SegmentFormat.RESERVED + length);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BlobSource finish() throws IOException {
        var out = file;
        if (out != null) out.close();
        file = null;
        Path done = path;
        return done == null
                ? new BlobSource.Bytes(
                        ByteBuffer.wrap(memory, 0, (int) length).slice().asReadOnlyBuffer())
                : new BlobSource.InFile(done, SegmentFormat.RESERVED, length);
    }

    /** Deletes the file, unless the store has made it a segment. */
    @Override
    public void close() {
        memory = new byte[0];
        var out = file;
        file = null;
        Path gone = path;
        path = null;
        try {
            if (out != null) out.close();
            if (gone != null) Files.deleteIfExists(gone);
        } catch (IOException e) {
            LOG.warn("an incoming file could not be deleted", e);
        }
    }
}
