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
import java.util.function.LongConsumer;

/** Walks a segment from head to head, without its metadata. Bodies are passed over unread. */
final class SegmentScan implements AutoCloseable {

    /** A whole record. */
    sealed interface Entry {
        /** Where the next one starts. */
        long end();
    }

    /** The record of a commit. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Committed(CommitPoint point, CommitFormat.Head head, byte[] changes) implements Entry {
        @Override
        public long end() {
            return point.offset() + head.recordLength();
        }
    }

    /** The record of a body. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Found(BlobRef body, SegmentFormat.Head head, byte[] headOctets, byte[] tail)
            implements Entry {

        @Override
        public long end() {
            return body.offset() + body.length() + tail.length;
        }

        /** The mailboxes that the message came to. */
        List<MailboxId> targets() {
            return SegmentFormat.targets(head, tail);
        }

        /** What the body is called: its first place. */
        BlobRef name() {
            return head.name(body);
        }
    }

    private static final int LETTERS = 4; // octets of what a record begins with

    final long number;
    private final boolean moved;
    private final boolean headed;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(64 << 10).limit(0);
    private long windowAt; // where its octets lie in the file
    private long at;
    private boolean astray; // where it is may lie within a body

    SegmentScan(Path file) throws IOException {
        number = Segments.number(file);
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
        var head = ByteBuffer.allocate(SegmentFormat.FILE_HEAD);
        boolean whole = fill(head, 0);
        head.flip();
        moved = whole && SegmentFormat.isFileHead(head, number, true);
        headed = moved || SegmentFormat.isFileHead(head, number, false);
        at = headed ? SegmentFormat.FILE_HEAD : 0;
    }

    /** Whether the file begins as it should; there is nothing to walk where it does not. */
    boolean headed() {
        return headed;
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
    Optional<Entry> nextEntry() throws IOException {
        Optional<Entry> entry = at == 0 ? Optional.empty() : entry(at);
        if (entry.isPresent()) at = entry.get().end();
        return entry;
    }

    /** The record that starts at some place; empty when none does. */
    Optional<Entry> entry(long place) throws IOException {
        if (place < 0 || place >= size) return Optional.empty();
        var bytes = ByteBuffer.allocate((int) Math.min(SegmentFormat.HEAD, size - place));
        if (!fill(bytes, place) || bytes.limit() < CommitFormat.HEAD) return Optional.empty();
        boolean commit = bytes.flip().getInt(0) == CommitFormat.MAGIC;
        return commit ? commit(bytes, place) : body(bytes, place);
    }

    private Optional<Entry> commit(ByteBuffer bytes, long place) throws IOException {
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

    private Optional<Entry> body(ByteBuffer bytes, long place) throws IOException {
        if (bytes.limit() < SegmentFormat.HEAD) return Optional.empty();
        var head = SegmentFormat.readHead(bytes);
        if (head.isEmpty() || head.get().bodyLength() > size) return Optional.empty();
        var h = head.get();
        long length = h.recordLength();
        if (length < 0 || length > size - place || h.tailLength() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        var tail = ByteBuffer.allocate((int) h.tailLength());
        if (!fill(tail, place + h.length() + h.bodyLength())) return Optional.empty();
        if (!SegmentFormat.isTail(bytes.rewind(), tail.array())) return Optional.empty();
        byte[] octets = new byte[SegmentFormat.HEAD];
        bytes.get(0, octets);
        var body = new BlobRef(number, place + h.length(), h.bodyLength());
        return Optional.of(new Found(body, h, octets, tail.array()));
    }

    /** Goes on at a place where a record starts, whatever the file begins with. */
    void from(long offset) {
        at = offset;
    }

    /** Where the walk can't go on: looks for the next commit, and goes on behind it. */
    Optional<Committed> search() throws IOException {
        long place = onwards(at);
        while (place >= 0) {
            var entry = entry(place);
            if (entry.orElse(null) instanceof Committed found) {
                at = found.end();
                return Optional.of(found);
            }
            place = entry.isPresent() ? entry.get().end() : onwards(place);
        }
        return Optional.empty();
    }

    private static boolean begins(int letters) {
        return letters == CommitFormat.MAGIC || letters == SegmentFormat.MAGIC;
    }

    /**
     * Where to look next when there is no whole record at {@code place}: behind the one whose head
     * is whole there, since what is in it was written by whoever sent the message, and may look
     * like anything. Without such a head octet by octet, and from then on no head is believed that
     * has no whole record. -1 at the end.
     */
    long onwards(long place) throws IOException {
        Optional<Long> behind = astray ? Optional.empty() : behind(place);
        if (behind.isPresent()) return behind.get() < size ? behind.get() : -1;
        astray = true;
        return find(place + 1);
    }

    private Optional<Long> behind(long place) throws IOException {
        var bytes = ByteBuffer.allocate(SegmentFormat.HEAD);
        boolean full = fill(bytes, place);
        bytes.flip();
        var commit = CommitFormat.readHead(bytes);
        if (commit.isPresent()) return Optional.of(place + commit.get().recordLength());
        if (!full) return Optional.empty();
        return SegmentFormat.readHead(bytes)
                .map(SegmentFormat.Head::recordLength)
                .filter(length -> length > 0)
                .map(length -> place + length);
    }

    /** Where letters stand next that a record may begin with; -1 when they don't. */
    private long find(long from) throws IOException {
        for (long place = from; place <= size - LETTERS; place++) {
            boolean seen = place >= windowAt && place + LETTERS <= windowAt + window.limit();
            if (!seen && !look(place)) return -1;
            if (begins(window.getInt((int) (place - windowAt)))) return place;
        }
        return -1;
    }

    private boolean look(long place) throws IOException {
        windowAt = place;
        window.clear().limit((int) Math.min(window.capacity(), size - place));
        return fill(window, place);
    }

    /** Whether the body of a record matches its checksums. */
    boolean isWhole(Found record) throws IOException {
        return isWhole(record, _ -> {});
    }

    /** Whether the body of a record matches its checksums; tells of the octets read. */
    boolean isWhole(Found record, LongConsumer read) throws IOException {
        var sums = ByteBuffer.wrap(record.tail);
        long length = record.body.length();
        var block = ByteBuffer.allocate((int) Math.min(record.head.blockSize(), length));
        for (long done = 0; done < length; done += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), length - done));
            if (!fill(block, record.body.offset() + done)) return false;
            read.accept(block.limit());
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
