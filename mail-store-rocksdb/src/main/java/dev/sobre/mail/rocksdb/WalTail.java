package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds where the whole records of a RocksDB write-ahead log end. The log is a row of 32 KiB blocks
 * of fragments: checksum 4, length 2, type 1, then the data; all little-endian. A fragment does not
 * cross a block; fewer than 7 octets at a block's end are zeros.
 */
final class WalTail {

    private static final int BLOCK = 32 << 10;
    private static final int HEAD = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    /**
     * What was found.
     *
     * @param good the length of the log up to the end of its last whole record
     * @param size the length of the file
     * @param beginsLater whether another record begins after that: then it is no torn tail
     */
    record Found(long good, long size, boolean beginsLater) {
        boolean torn() {
            return good < size;
        }
    }

    private final ByteBuffer log;
    private boolean inRecord;

    private WalTail(byte[] log) {
        this.log = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Found examine(Path file) throws IOException {
        return new WalTail(Files.readAllBytes(file)).examine();
    }

    private Found examine() {
        int size = log.limit();
        int good = 0;
        int at = 0;
        while (at < size) {
            int left = BLOCK - at % BLOCK;
            if (left < HEAD) {
                at += left;
                continue;
            }
            int length = fragment(at);
            if (length < 0) return new Found(good, size, beginsAfter(at));
            at += length;
            if (!inRecord) good = at;
        }
        return new Found(Math.min(good, size), size, false);
    }

    /** The length of the whole fragment at {@code at} that continues what came before, or -1. */
    private int fragment(int at) {
        int type = wholeType(at);
        boolean fits = inRecord ? type == MIDDLE || type == LAST : type == FULL || type == FIRST;
        if (!fits) return -1;
        inRecord = type == FIRST || type == MIDDLE;
        return HEAD + length(at);
    }

    /** The type of the fragment at {@code at} when it is whole, or -1. */
    private int wholeType(int at) {
        if (at + HEAD > log.limit()) return -1;
        int length = length(at);
        if (at % BLOCK + HEAD + length > BLOCK || at + HEAD + length > log.limit()) return -1;
        int sum = SegmentFormat.crc(log.array(), at + 6, 1 + length);
        int masked = Integer.rotateRight(sum, 15) + 0xa282ead8; // as RocksDB stores it
        return masked == log.getInt(at) ? log.get(at + 6) : -1;
    }

    private int length(int at) {
        return log.getShort(at + 4) & 0xFFFF;
    }

    /**
     * Whether a record begins in a later block. Only one write at a time is not yet durable, and a
     * write is one record; so one that begins after a bad place was durable, and so was the bad
     * one.
     */
    private boolean beginsAfter(int bad) {
        for (int block = bad / BLOCK * BLOCK; block < log.limit(); block += BLOCK) {
            int end = Math.min(block + BLOCK, log.limit());
            for (int at = Math.max(block, bad + 1); at + HEAD <= end; at++) {
                int kind = log.get(at + 6);
                if (kind != FULL && kind != FIRST) continue;
                if (length(at) > 0 && wholeType(at) == kind) return true;
            }
        }
        return false;
    }
}
