package dev.sobre.smtp;

import dev.sobre.mail.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A submitted message with the fields that submission added, in CRLF form. */
public final class MessageBody {

    private final BlobSource source;

    MessageBody(BlobSource source) {
        this.source = source;
    }

    /** The length in octets. */
    public long length() {
        return source.length();
    }

    /** The message as a stream, from its start. */
    public InputStream open() throws IOException {
        return switch (source) {
            case BlobSource.Bytes held -> new ByteArrayInputStream(copy(held.bytes()));
            case BlobSource.InFile file -> {
                var channel = FileChannel.open(file.path(), StandardOpenOption.READ);
                channel.position(file.start());
                yield Channels.newInputStream(channel);
            }
        };
    }

    /** The whole message in memory; for a large one, {@link #open} is better. */
    public byte[] bytes() throws IOException {
        try (var in = open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] copy(ByteBuffer octets) {
        byte[] bytes = new byte[octets.remaining()];
        octets.duplicate().get(bytes);
        return bytes;
    }
}
