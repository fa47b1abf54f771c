package dev.sobre.mail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that arrives: in memory while it is small, then in an incoming file of its own. A store
 * that adopts the file moves it away before the sink is closed, which deletes what is still there.
 */
public final class SpillingSink implements BlobSink {

    /** How much is held in memory where nothing else is asked for. */
    public static final int IN_MEMORY = 131_072;

    private static final Logger LOG = LoggerFactory.getLogger(SpillingSink.class);
    private static final int FIRST = 4096;

    private record Incoming(Path path, FileChannel channel) {}

    private final Path directory;
    private final int mostInMemory;
    private final long reserved;
    private final long limit;
    private byte[] memory = new byte[0];
    private Optional<Incoming> file = Optional.empty();
    private long length;

    /** A sink that holds 128 KiB in memory. */
    public SpillingSink(Path directory, long limit) {
        this(directory, IN_MEMORY, 0, limit);
    }

    /**
     * @param directory where incoming files are made; it exists
     * @param mostInMemory how many octets are held in memory at most
     * @param reserved how many octets at the start of the file are left to the store
     * @param limit how many octets a body may have
     */
    public SpillingSink(Path directory, int mostInMemory, long reserved, long limit) {
        this.directory = directory;
        this.mostInMemory = mostInMemory;
        this.reserved = reserved;
        this.limit = limit;
    }

    /**
     * @throws TooLarge past the limit, then and ever after; the body is dropped at once
     */
    @Override
    public void write(ByteBuffer octets) throws IOException {
        if (!octets.hasRemaining()) return;
        if (octets.remaining() > limit - length) {
            close();
            length = limit; // so that every further octet is refused too
            throw new TooLarge(limit);
        }
        boolean fits = length + octets.remaining() <= mostInMemory;
        if (file.isEmpty() && fits) remember(octets);
        else append(spilled(), octets);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BlobSource finish() throws IOException {
        if (file.isEmpty()) {
            var all = ByteBuffer.wrap(memory, 0, (int) length).slice();
            return new BlobSource.Bytes(all.asReadOnlyBuffer());
        }
        file.get().channel.close();
        return new BlobSource.InFile(file.get().path, reserved, length);
    }

    @Override
    public void close() {
        memory = new byte[0];
        length = 0;
        file.ifPresent(SpillingSink::delete);
        file = Optional.empty();
    }

    private void remember(ByteBuffer octets) {
        int start = (int) length;
        int needed = start + octets.remaining();
        if (needed > memory.length) {
            int doubled = Math.min(mostInMemory, Math.max(FIRST, memory.length * 2));
            memory = Arrays.copyOf(memory, Math.max(needed, doubled));
        }
        octets.get(memory, start, octets.remaining());
        length = needed;
    }

    private FileChannel spilled() throws IOException {
        if (file.isPresent()) return file.get().channel;
        Path path = Files.createTempFile(directory, "body", ".in");
        var channel = FileChannel.open(path, StandardOpenOption.WRITE);
        file = Optional.of(new Incoming(path, channel));
        var held = ByteBuffer.wrap(memory, 0, (int) length);
        length = 0;
        append(channel, held);
        memory = new byte[0];
        return channel;
    }

    private void append(FileChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) length += channel.write(octets, reserved + length);
    }

    private static void delete(Incoming file) {
        try (var channel = file.channel) {
            Files.deleteIfExists(file.path);
        } catch (IOException e) {
            LOG.warn("an incoming file could not be deleted", e);
        }
    }
}
