package dev.sobre.tls;

import io.netty.buffer.ByteBuf;

/** Goes through a stream from record to record by their headers, which travel in the clear. */
final class RecordWalk {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    private static final int HEADER = 5;

    private final Visitor visitor;
    private int headerRead;
    private int type;
    private int sizeSoFar;
    private int recordLeft;

    /** Is told of each record as its header ends. */
    interface Visitor {
        /**
         * A record begins.
         *
         * @param size of its fragment
         * @param bytes has of the fragment, from {@code at} on, what has come with its header
         */
        void record(int type, int size, ByteBuf bytes, int at);
    }

    RecordWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Looks at the bytes that come next; takes nothing out of them. */
    void over(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (recordLeft > 0) {
                int skipped = Math.min(recordLeft, bytes.writerIndex() - at);
                recordLeft -= skipped;
                at += skipped;
            } else {
                header(bytes.getUnsignedByte(at++), bytes, at);
            }
        }
    }

    private void header(int octet, ByteBuf bytes, int next) {
        if (headerRead == 0) type = octet;
        if (headerRead >= 3) sizeSoFar = sizeSoFar << 8 | octet;
        if (++headerRead < HEADER) return;
        recordLeft = sizeSoFar;
        sizeSoFar = 0;
        headerRead = 0;
        visitor.record(type, recordLeft, bytes, next);
    }
}
