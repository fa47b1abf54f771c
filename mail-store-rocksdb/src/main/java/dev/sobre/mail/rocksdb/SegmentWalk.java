package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks a segment that may be damaged: where there is no whole record it looks for the next one.
 * Bodies are passed over unread.
 */
final class SegmentWalk implements AutoCloseable {

    private static final int MAGIC_SIZE = 4;

    final long number;
    private final FileChannel channel;
    private final long size;
    private final boolean headed;
    private final ByteBuffer window = ByteBuffer.allocate(64 << 10);
    private long at = SegmentFormat.FILE_HEAD;
    private long rest;

    SegmentWalk(long number, Path file) throws IOException {
        this.number = number;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
        var head = ByteBuffer.allocate(SegmentFormat.FILE_HEAD);
        boolean whole = fill(head, 0);
        head.flip();
        this.headed =
                whole
                        && (SegmentFormat.isFileHead(head, number, false)
                                || SegmentFormat.isFileHead(head, number, true));
    }

    /** Whether the file begins as it should. */
    boolean headed() {
        return headed;
    }

    /** Octets at the end in which there is no record. */
    long rest() {
        return rest;
    }

    /** The next whole record, wherever it begins. */
    Optional<SegmentScan.Found> next() throws IOException {
        long from = at;
        for (long here = at; here >= 0; here = search(here)) {
            var found = record(here);
            if (found.isPresent()) return found;
            long commit = commit(here);
            if (commit > 0) from = here + commit;
            here += Math.max(1, commit);
        }
        rest = Math.max(0, size - from);
        at = size;
        return Optional.empty();
    }

    /** The record whose body lies at {@code offset} after a head of the usual size. */
    Optional<SegmentScan.Found> withBodyAt(long offset) throws IOException {
        long before = at;
        try {
            return record(offset - SegmentFormat.HEAD);
        } finally {
            at = before;
        }
    }

    private Optional<SegmentScan.Found> record(long here) throws IOException {
        var bytes = ByteBuffer.allocate(SegmentFormat.HEAD);
        if (!fill(bytes, here)) return Optional.empty();
        var head = SegmentFormat.readHead(bytes.flip());
        if (head.isEmpty()) return Optional.empty();
        var h = head.get();
        if (h.bodyLength() > size || h.blockSize() != SegmentFormat.BLOCK) return Optional.empty();
        long length = h.recordLength();
        long tailAt = here + h.length() + h.bodyLength();
        boolean fits = length > 0 && length <= size - here && h.tailLength() <= Integer.MAX_VALUE;
        var tail = ByteBuffer.allocate(fits ? (int) h.tailLength() : 0);
        if (!fits || !fill(tail, tailAt) || !SegmentFormat.isTail(bytes.rewind(), tail.array())) {
            return Optional.empty();
        }
        at = here + length;
        var body = new BlobRef(number, here + h.length(), h.bodyLength());
        return Optional.of(new SegmentScan.Found(body, h, bytes.array(), tail.array()));
    }

    /** The length of the record of a commit; 0 when there is none here. */
    private long commit(long here) throws IOException {
        var bytes = ByteBuffer.allocate(CommitFormat.HEAD);
        if (!fill(bytes, here)) return 0;
        var head = CommitFormat.readHead(bytes.flip());
        if (head.isEmpty() || head.get().recordLength() > size - here) return 0;
        var changes = ByteBuffer.allocate(head.get().length());
        var tail = ByteBuffer.allocate(CommitFormat.TAIL);
        boolean whole =
                fill(changes, here + CommitFormat.HEAD)
                        && fill(tail, here + CommitFormat.HEAD + changes.limit())
                        && CommitFormat.isTail(changes.array(), tail);
        return whole ? head.get().recordLength() : 0;
    }

    /** Where the letters stand next that a record begins with; -1 when they don't. */
    private long search(long from) throws IOException {
        for (long base = from; base < size; base += window.limit() - MAGIC_SIZE + 1) {
            window.clear();
            while (window.hasRemaining() && channel.read(window, base + window.position()) > 0) {}
            window.flip();
            if (window.limit() < MAGIC_SIZE) return -1;
            for (int i = 0; i <= window.limit() - MAGIC_SIZE; i++) {
                if (window.get(i) == 'S' && isMagic(window.getInt(i))) {
                    return base + i;
                }
            }
        }
        return -1;
    }

    private static boolean isMagic(int letters) {
        return letters == SegmentFormat.MAGIC || letters == CommitFormat.MAGIC;
    }

    /** Whether a record's body is what its tail says; tells of each octet read. */
    boolean isWhole(SegmentScan.Found record, LongConsumer read) throws IOException {
        ByteBuffer sums = ByteBuffer.wrap(record.tail());
        ByteBuffer block = ByteBuffer.allocate(SegmentFormat.BLOCK);
        long length = record.body().length();
        for (long done = 0; done < length; done += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), length - done));
            if (!fill(block, record.body().offset() + done)) return false;
            read.accept(block.limit());
            if (SegmentFormat.crc(block.flip()) != sums.getInt()) return false;
        }
        return true;
    }

    private boolean fill(ByteBuffer into, long position) throws IOException {
        long start = position - into.position();
        while (into.hasRemaining()) {
            if (channel.read(into, start + into.position()) < 0) return false;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
