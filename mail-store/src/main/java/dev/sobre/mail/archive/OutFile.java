package dev.sobre.mail.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A private file that is written from its start; what was written last can be taken back. */
final class OutFile extends OutputStream {

    private static final int BUFFER = 64 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer;

    private OutFile(FileChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.buffer = buffer;
    }

    /** Makes the file, or an empty one of the one that is there. */
    static OutFile create(Path path) throws IOException {
        var file = open(path);
        file.channel.truncate(0);
        return file;
    }

    /** Goes on at the end of the file. */
    static OutFile append(Path path) throws IOException {
        var file = open(path);
        file.channel.position(file.channel.size());
        return file;
    }

    private static OutFile open(Path path) throws IOException {
        var mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new OutFile(FileChannel.open(path, options, mode), ByteBuffer.allocate(BUFFER));
    }

    @Override
    public void write(int octet) throws IOException {
        if (!buffer.hasRemaining()) flush();
        buffer.put((byte) octet);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            if (!buffer.hasRemaining()) flush();
            int more = Math.min(buffer.remaining(), length - done);
            buffer.put(octets, from + done, more);
            done += more;
        }
    }

    long position() throws IOException {
        return channel.position() + buffer.position();
    }

    /** Takes back all that was written after a position. */
    void backTo(long position) throws IOException {
        flush();
        channel.truncate(position);
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) channel.write(buffer);
        buffer.clear();
    }

    /** Makes durable what was written. */
    void sync() throws IOException {
        flush();
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            channel.close();
        }
    }
}
