package dev.sobre.mail;

import java.nio.ByteBuffer;

/** A body that lies in memory. */
record BytesReader(ByteBuffer octets) implements BlobReader {

    BytesReader(ByteBuffer octets) {
        this.octets = octets.slice().asReadOnlyBuffer();
    }

    @Override
    public long length() {
        return octets.limit();
    }

    @Override
    public int read(long offset, ByteBuffer into) {
        if (offset >= octets.limit()) return -1;
        int count = Math.min(into.remaining(), octets.limit() - (int) offset);
        into.put(octets.slice((int) offset, count));
        return count;
    }

    @Override
    public void close() {}
}
