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

    /** One whole record. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Found(BlobRef body, SegmentFormat.Head head, byte[] headOctets, byte[] tail) {

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

    /** The next record; empty where the file ends or what follows is no record. */
    Optional<Found> next() throws IOException {
        var bytes = ByteBuffer.allocate(SegmentFormat.HEAD);
        if (at == 0 || !fill(bytes, at)) return Optional.empty();
        var head = SegmentFormat.readHead(bytes.flip());
        if (head.isEmpty()) return Optional.empty();
        var h = head.get();
        long length = h.recordLength();
        if (length < 0 || length > size - at || h.tailLength() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        var tail = ByteBuffer.allocate((int) h.tailLength());
        if (!fill(tail, at + h.length() + h.bodyLength())) return Optional.empty();
        if (!SegmentFormat.isTail(bytes.rewind(), tail.array())) return Optional.empty();
        var body = new BlobRef(number, at + h.length(), h.bodyLength());
        at += length;
        return Optional.of(new Found(body, h, bytes.array(), tail.array()));
    }

    /** Walks to the end. */
    void skipAll() throws IOException {
        boolean more = true;
        while (more) more = next().isPresent();
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
