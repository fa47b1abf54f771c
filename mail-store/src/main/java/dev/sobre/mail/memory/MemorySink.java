package dev.sobre.mail.memory;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.TooLarge;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A body that arrives in memory, in an array that doubles up to the limit. */
final class MemorySink implements BlobSink {

    private static final int FIRST = 4096;

    private final long limit;
    private byte[] octets = new byte[0];
    private int length;

    MemorySink(long limit) {
        this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
    }

    @Override
    public void write(ByteBuffer more) throws TooLarge {
        int count = more.remaining();
        if (length + (long) count > limit) {
            octets = new byte[0];
            length = (int) limit; // so that every further octet is refused too
            throw new TooLarge(limit);
        }
        if (length + count > octets.length) octets = Arrays.copyOf(octets, room(length + count));
        more.get(octets, length, count);
        length += count;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BlobSource finish() {
        return new BlobSource.Bytes(ByteBuffer.wrap(octets, 0, length).slice().asReadOnlyBuffer());
    }

    @Override
    public void close() {
        octets = new byte[0];
        length = 0;
    }

    private int room(int needed) {
        long doubled = Math.max(FIRST, Math.max(needed, octets.length * 2L));
        return (int) Math.min(doubled, limit);
    }
}
