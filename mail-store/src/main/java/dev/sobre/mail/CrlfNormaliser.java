package dev.sobre.mail;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A sink in front of a sink, which makes CRLF of each CR and each LF that stands alone: the form in
 * which messages are stored (RFC 5322 §2.1, §2.3). The limit of the sink behind holds for what
 * comes out.
 */
public final class CrlfNormaliser implements BlobSink {

    private static final int BUFFER = 8192;

    private final BlobSink to;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private boolean afterCr;

    public CrlfNormaliser(BlobSink to) {
        this.to = to;
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            byte octet = octets.get();
            if (afterCr && octet != '\n') put('\n');
            if (!afterCr && octet == '\n') put('\r');
            put(octet);
            afterCr = octet == '\r';
        }
    }

    @Override
    public long length() {
        return to.length() + buffer.position();
    }

    @Override
    public BlobSource finish() throws IOException {
        if (afterCr) put('\n');
        afterCr = false;
        flush();
        return to.finish();
    }

    @Override
    public void close() {
        to.close();
    }

    private void put(int octet) throws IOException {
        if (!buffer.hasRemaining()) flush();
        buffer.put((byte) octet);
    }

    private void flush() throws IOException {
        buffer.flip();
        try {
            to.write(buffer);
        } finally {
            buffer.clear();
        }
    }
}
