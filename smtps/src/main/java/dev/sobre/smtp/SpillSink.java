package dev.sobre.smtp;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A body for an embedder: in memory up to 128 KiB, then in a temporary file. */
final class SpillSink implements BlobSink {

    private static final int IN_MEMORY = 128 * 1024;

    private record Spilled(Path path, FileChannel channel) {}

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final WritableByteChannel start = Channels.newChannel(memory);
    private Optional<Spilled> spilled = Optional.empty();
    private long length;

    @Override
    public void write(ByteBuffer octets) throws IOException {
        length += octets.remaining();
        if (spilled.isEmpty() && length > IN_MEMORY) spill();
        WritableByteChannel to = spilled.isPresent() ? spilled.get().channel : start;
        while (octets.hasRemaining()) to.write(octets);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BlobSource finish() {
        return spilled.<BlobSource>map(s -> new BlobSource.InFile(s.path, 0, length))
                .orElseGet(() -> BlobSource.Bytes.of(memory.toByteArray()));
    }

    @Override
    public void close() {
        if (spilled.isEmpty()) return;
        try {
            spilled.get().channel.close();
            Files.deleteIfExists(spilled.get().path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void spill() throws IOException {
        Path path = Files.createTempFile("sobre-", ".eml"); // readable by its owner only
        var file = new Spilled(path, FileChannel.open(path, StandardOpenOption.WRITE));
        spilled = Optional.of(file);
        var held = ByteBuffer.wrap(memory.toByteArray());
        while (held.hasRemaining()) file.channel.write(held);
        memory.reset();
    }
}
