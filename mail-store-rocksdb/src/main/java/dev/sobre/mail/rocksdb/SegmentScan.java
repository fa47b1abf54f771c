package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Walks a segment from head to head, without its metadata. Bodies are passed over unread. */
final class SegmentScan implements AutoCloseable {

    /** A whole record. */
    sealed interface Entry {}

    /** The record of a commit. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Committed(CommitPoint point, CommitFormat.Head head, byte[] changes) implements Entry {}

    /** The record of a body. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Found(BlobRef body, SegmentFormat.Head head, byte[] headOctets, byte[] tail)
            implements Entry {

        /** The mailboxes that the message came to. */
        List<MailboxId> targets() {
            return SegmentFormat.targets(head, tail);
        }

        /** What the body is called: its first place. */
        BlobRef name() {
            return head.name(body);
        }
    }

    private final long number;
    private final boolean moved;
    private final FileChannel channel;
    private final long size;
    private long at;

    SegmentScan(Path file) throws IOException {
        number = Segments.number(file);
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
        var head = ByteBuffer.allocate(SegmentFormat.FILE_HEAD);
        boolean whole = fill(head, 0);
        head.flip();
        moved = whole && SegmentFormat.isFileHead(head, number, true);
        boolean good = moved || SegmentFormat.isFileHead(head, number, false);
        at = good ? SegmentFormat.FILE_HEAD : 0;
    }

    /** Whether this is a segment of bodies that were moved: such a one was written as a whole. */
    boolean moved() {
        return moved;
    }

    /** The next body; empty where the file ends or what follows is no record. */
    Optional<Found> next() throws IOException {
        for (var entry = nextEntry(); entry.isPresent(); entry = nextEntry()) {
            if (entry.get() instanceof Found found) return Optional.of(found);
        }
        return Optional.empty();
    }

    /** The next record; empty where the file ends or what follows is none. */
    Optional<? extends Entry> nextEntry() throws IOException {
        if (at == 0 || at >= size) return Optional.empty();
        var bytes = ByteBuffer.allocate((int) Math.min(SegmentFormat.HEAD, size - at));
        if (!fill(bytes, at) || bytes.limit() < CommitFormat.HEAD) return Optional.empty();
        boolean commit = bytes.flip().getInt(0) == CommitFormat.MAGIC;
        return commit ? nextCommit(bytes) : nextBody(bytes);
    }

    private Optional<Committed> nextCommit(ByteBuffer bytes) throws IOException {
        var found = commit(bytes, at);
        if (found.isPresent()) at += found.get().head.recordLength();
        return found;
    }

    /** The record of a commit at some place of which the first octets are given. */
    private Optional<Committed> commit(ByteBuffer bytes, long place) throws IOException {
        var head = CommitFormat.readHead(bytes);
        if (head.isEmpty() || head.get().recordLength() > size - place) return Optional.empty();
        var changes = ByteBuffer.allocate(head.get().length());
        var tail = ByteBuffer.allocate(CommitFormat.TAIL);
        if (!fill(changes, place + CommitFormat.HEAD)) return Optional.empty();
        if (!fill(tail, place + CommitFormat.HEAD + changes.limit())) return Optional.empty();
        if (!CommitFormat.isTail(changes.array(), tail)) return Optional.empty();
        var point = new CommitPoint(head.get().number(), number, place);
        return Optional.of(new Committed(point, head.get(), changes.array()));
    }

    private Optional<Found> nextBody(ByteBuffer bytes) throws IOException {
        if (bytes.limit() < SegmentFormat.HEAD) return Optional.empty();
        var head = SegmentFormat.readHead(bytes);
        if (head.isEmpty()) return Optional.empty();
        var h = head.get();
        long length = h.recordLength();
        if (length < 0 || length > size - at || h.tailLength() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        var tail = ByteBuffer.allocate((int) h.tailLength());
        if (!fill(tail, at + h.length() + h.bodyLength())) return Optional.empty();
        if (!SegmentFormat.isTail(bytes.rewind(), tail.array())) return Optional.empty();
        byte[] octets = new byte[SegmentFormat.HEAD];
        bytes.get(0, octets);
        var body = new BlobRef(number, at + h.length(), h.bodyLength());
        at += length;
        return Optional.of(new Found(body, h, octets, tail.array()));
    }

    /** Goes on at a place where a record starts, whatever the file begins with. */
    void from(long offset) {
        at = offset;
    }

    /**
     * Where the walk can't go on: looks for the next commit octet by octet, and goes on behind it.
     */
    Optional<Committed> search() throws IOException {
        var window = ByteBuffer.allocate(1 << 20);
        for (long start = at; start < size; start += window.capacity() - 3) {
            window.clear().limit((int) Math.min(window.capacity(), size - start));
            if (!fill(window, start)) return Optional.empty();
            for (int i = 0; i + 4 <= window.limit(); i++) {
                if (window.getInt(i) != CommitFormat.MAGIC) continue;
                var found = commitAt(start + i);
                if (found.isPresent()) return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Committed> commitAt(long place) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(CommitFormat.HEAD, size - place));
        if (!fill(bytes, place)) return Optional.empty();
        var found = commit(bytes.flip(), place);
        if (found.isPresent()) at = place + found.get().head.recordLength();
        return found;
    }

    /** Whether the body of a record matches its checksums. */
    boolean isWhole(Found record) throws IOException {
        var sums = ByteBuffer.wrap(record.tail);
        int size = record.head.blockSize();
        for (long done = 0; done < record.body.length(); done += size) {
            var block = ByteBuffer.allocate((int) Math.min(size, record.body.length() - done));
            if (!fill(block, record.body.offset() + done)) return false;
            if (SegmentFormat.crc(block.flip()) != sums.getInt()) return false;
        }
        return true;
    }

    /** Walks to the end. */
    void skipAll() throws IOException {
        boolean more = true;
        while (more) more = nextEntry().isPresent();
    }

    /** Where the walk has come to. */
    long position() {
        return at;
    }

    /** Octets that the walk has not passed. */
    long rest() {
        return size - at;
    }

    private boolean fill(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) return false;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
