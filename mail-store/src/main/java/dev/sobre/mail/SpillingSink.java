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
 * A body that arrives: in memory while it is small, then in an incoming file of its own, which is
 * written {@link Aside} so much at a time that this costs little. A store that adopts the file
 * moves it away before the sink is closed, which deletes what is still there.
 */
public final class SpillingSink implements BlobSink {

    /** How much is held in memory where nothing else is asked for. */
    public static final int IN_MEMORY = 131_072;

    private static final Logger LOG = LoggerFactory.getLogger(SpillingSink.class);
    private static final int FIRST = 8192;
    private static final int GATHERED = 64 * 1024; // before it goes to the file

    private record Incoming(Path path, FileChannel channel) {}

    private final Path directory;
    private final int mostInMemory;
    private final long reserved;
    private final long limit;
    private byte[] memory = new byte[0];
    private int held; // in memory, and not in the file
    private long written; // in the file
    private Optional<Incoming> file = Optional.empty();

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
        if (octets.remaining() > limit - length()) {
            close();
            written = limit; // so that every further octet is refused too
            throw new TooLarge(limit);
        }
        int most = file.isEmpty() ? mostInMemory : GATHERED;
        if (held + octets.remaining() <= most) remember(octets, most);
        else Aside.shared().run(() -> spill(octets));
    }

    @Override
    public long length() {
        return written + held;
    }

    @Override
    public BlobSource finish() throws IOException {
        if (file.isEmpty()) {
            var all = ByteBuffer.wrap(memory, 0, held).slice();
            return new BlobSource.Bytes(all.asReadOnlyBuffer());
        }
        var incoming = file.get();
        Aside.shared().run(() -> end(incoming));
        return new BlobSource.InFile(incoming.path, reserved, written);
    }

    @Override
    public void close() {
        memory = new byte[0];
        held = 0;
        written = 0;
        file.ifPresent(incoming -> Aside.shared().run(() -> delete(incoming)));
        file = Optional.empty();
    }

    private void remember(ByteBuffer octets, int most) {
        int needed = held + octets.remaining();
        if (needed > memory.length) {
            int doubled = Math.min(most, Math.max(FIRST, memory.length * 2));
            memory = Arrays.copyOf(memory, Math.max(needed, doubled));
        }
        octets.get(memory, held, octets.remaining());
        held = needed;
    }

    /** Writes what is held, and more. */
    private Incoming spill(ByteBuffer more) throws IOException {
        if (file.isEmpty()) file = Optional.of(create());
        var incoming = file.get();
        append(incoming.channel, ByteBuffer.wrap(memory, 0, held));
        held = 0;
        if (memory.length > GATHERED) memory = new byte[0];
        append(incoming.channel, more);
        return incoming;
    }

    private Incoming end(Incoming incoming) throws IOException {
        append(incoming.channel, ByteBuffer.wrap(memory, 0, held));
        held = 0;
        incoming.channel.close();
        return incoming;
    }

    private Incoming create() throws IOException {
        Path path = Files.createTempFile(directory, "body", ".in");
        return new Incoming(path, FileChannel.open(path, StandardOpenOption.WRITE));
    }

    private void append(FileChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) written += channel.write(octets, reserved + written);
    }

    private static boolean delete(Incoming file) {
        try (var channel = file.channel) {
            return Files.deleteIfExists(file.path);
        } catch (IOException e) {
            LOG.warn("an incoming file could not be deleted", e);
            return false;
        }
    }
}
