package dev.sobre.tls.trace;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Cuts the bytes of one direction into records; holds one record at most. */
final class RecordReader {
    /** RFC 5246 §6.2.3: an encrypted fragment is no longer. */
    private static final int LIMIT = (1 << 14) + 2048;

    private final Consumer<WireRecord> records;
    private final byte[] header = new byte[WireRecord.HEADER];
    private int headerLength;
    private byte[] fragment = new byte[0];
    private int filled;
    private boolean broken;
    private int begun;

    RecordReader(Consumer<WireRecord> records) {
        this.records = records;
    }

    /** Reads on; leaves the buffer as it is. */
    void take(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (!broken && at < bytes.writerIndex()) {
            if (headerLength < header.length) {
                header[headerLength++] = bytes.getByte(at++);
                if (headerLength == header.length) begin();
            } else {
                int here = Math.min(fragment.length - filled, bytes.writerIndex() - at);
                bytes.getBytes(at, fragment, filled, here);
                filled += here;
                at += here;
            }
            if (!broken && headerLength == header.length && filled == fragment.length) end();
        }
    }

    /** Whether these bytes are no TLS; nothing more is read then. */
    boolean broken() {
        return broken;
    }

    /** How many records have begun. */
    int begun() {
        return begun;
    }

    private void begin() {
        int type = header[0] & 0xFF;
        int size = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
        broken = type < 20 || type > 24 || header[1] != 3 || size > LIMIT;
        if (broken) return;
        begun++;
        fragment = new byte[size];
        filled = 0;
    }

    private void end() {
        var whole = new WireRecord(header[0] & 0xFF, fragment, fragment.length);
        headerLength = 0;
        fragment = new byte[0];
        filled = 0;
        records.accept(whole);
    }
}
