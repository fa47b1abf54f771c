package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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

    final long number;
    private final boolean moved;
    private final boolean headed;
    private final boolean blank;
    private final SegmentFile file;
    private long secret; // that all records have
    private long at;

    /** Walks a segment that says its secret itself. */
    SegmentScan(Path path) throws IOException {
        this(path, SegmentFormat.NO_SECRET);
    }

    /**
     * @param noted the secret that is known from elsewhere, for a file that does not begin with one
     */
    SegmentScan(Path path, long noted) throws IOException {
        number = Segments.number(path);
        file = new SegmentFile(path);
        var head = ByteBuffer.wrap(file.read(0, SegmentFormat.FILE_HEAD));
        moved = SegmentFormat.isFileHead(head, number, true);
        headed = moved || SegmentFormat.isFileHead(head, number, false);
        blank = head.equals(ByteBuffer.allocate(SegmentFormat.FILE_HEAD));
        at = headed ? SegmentFormat.FILE_HEAD : 0;
        secret = headed ? SegmentFormat.secretOfFile(head) : noted;
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

    /** The next record, also behind damage: where there is none the next is looked for. */
    Optional<Entry> search() throws IOException {
        if (!tells()) return Optional.empty();
        for (long place = at; place >= 0; place = file.find(secret, place + 1)) {
            var entry = entry(place);
            if (entry.isEmpty()) continue;
            at = entry.get().end();
            return entry;
        }
        return Optional.empty();
    }

    /** The record that starts at some place; empty when none does. */
    Optional<Entry> entry(long place) throws IOException {
        if (!tells()) return Optional.empty();
        byte[] octets = file.read(place, SegmentFormat.HEAD);
        var commit = CommitFormat.readHead(secret, octets);
        if (commit.isPresent()) return commit(commit.get(), place);
        var body = SegmentFormat.readHead(secret, octets);
        return body.isPresent() ? body(body.get(), octets, place) : Optional.empty();
    }

    private Optional<Entry> commit(CommitFormat.Head head, long place) throws IOException {
        if (head.recordLength() > file.size() - place) return Optional.empty();
        byte[] changes = file.read(place + CommitFormat.HEAD, head.length());
        byte[] tail = file.read(place + CommitFormat.HEAD + head.length(), CommitFormat.TAIL);
        if (!CommitFormat.isTail(changes, tail)) return Optional.empty();
        var point = new CommitPoint(head.number(), number, place);
        return Optional.of(new Committed(point, head, changes));
    }

    private Optional<Entry> body(SegmentFormat.Head head, byte[] octets, long place)
            throws IOException {
        if (head.bodyLength() > file.size()) return Optional.empty();
        long length = head.recordLength();
        if (length < 0 || length > file.size() - place || head.tailLength() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        long tailAt = place + head.length() + head.bodyLength();
        byte[] tail = file.read(tailAt, (int) head.tailLength());
        if (!SegmentFormat.isTail(ByteBuffer.wrap(octets), tail)) return Optional.empty();
        var body = new BlobRef(number, place + head.length(), head.bodyLength());
        return Optional.of(new Found(body, head, octets, tail));
    }

    /**
     * Goes on at a place where a record starts, whatever the file begins with. Where that does not
     * tell the secret, the record does.
     */
    void from(long offset) throws IOException {
        at = offset;
        if (tells()) return;
        byte[] octets = file.read(offset, SegmentFormat.HEAD);
        if (octets.length < CommitFormat.HEAD) return;
        long said = ByteBuffer.wrap(octets).getLong(SegmentFormat.SECRET_AT);
        boolean isBody = SegmentFormat.readHead(said, octets).isPresent();
        if (isBody || CommitFormat.readHead(said, octets).isPresent()) secret = said;
    }

    /** Whether the secret is known: without it nothing is a record. */
    boolean tells() {
        return secret != SegmentFormat.NO_SECRET;
    }

    /** Whether the secret was written, and damaged: a power cut leaves none. */
    boolean isDefaced() {
        return !tells() && file.size() >= SegmentFormat.FILE_HEAD && !blank;
    }

    /** The last place so far that the disk could not read; -1 when there was none. */
    long unreadable() {
        return file.unreadable();
    }

    /** Whether the body of a record matches its checksums. */
    boolean isWhole(Found record) throws IOException {
        return isWhole(record, _ -> {});
    }

    /** Whether the body of a record matches its checksums; tells of the octets read. */
    boolean isWhole(Found record, LongConsumer read) throws IOException {
        var sums = ByteBuffer.wrap(record.tail);
        long length = record.body.length();
        var block = ByteBuffer.allocate((int) Math.min(SegmentFormat.BLOCK, length));
        for (long done = 0; done < length; done += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), length - done));
            if (!file.fill(block, record.body.offset() + done)) return false;
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
        return file.size() - at;
    }

    /** Whether these are none, or only zeros that were written ahead ({@link Zeros}). */
    boolean isAtEnd() throws IOException {
        return rest() <= 0 || (headed && !moved && file.isBlank(at));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
