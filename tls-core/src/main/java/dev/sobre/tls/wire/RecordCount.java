package dev.sobre.tls.wire;

import io.netty.buffer.ByteBuf;

/** Counts records by their headers as they go by, however they were cut. RFC 8446 §5.1. */
public final class RecordCount {
    private static final int HEADER = 5;

    private int headerRead;
    private int size;
    private int left;

    /** Looks at bytes of one direction; takes nothing out of them. Returns the records begun. */
    public int see(ByteBuf bytes) {
        int records = 0;
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (left > 0) {
                int here = Math.min(left, end - at);
                left -= here;
                at += here;
            } else {
                if (headerRead == 0) records++;
                header(bytes.getUnsignedByte(at++));
            }
        }
        return records;
    }

    private void header(int octet) {
        if (headerRead >= 3) size = size << 8 | octet;
        if (++headerRead < HEADER) return;
        left = size;
        size = 0;
        headerRead = 0;
    }
}
