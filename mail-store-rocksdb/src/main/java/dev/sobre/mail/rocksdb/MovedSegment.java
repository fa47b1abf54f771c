package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A segment that is written whole from live bodies of another. It waits among the incoming files
 * until the commit that refers to it; one that was not offered for that goes when this is closed.
 */
final class MovedSegment implements AutoCloseable {

    /** A stored body does not match its checksum. */
    static final class DamagedBody extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedBody(BlobRef body) {
            super("the body at octet " + body.offset() + " is damaged");
        }

        DamagedBody(BlobRef body, IOException cause) {
            super("the body at octet " + body.offset() + " can't be read", cause);
        }
    }

    private static final long SYNC_AFTER = 8L << 20; // octets that the disk gets at once at most

    private final Segments segments;
    final long number;
    private final long secret = SegmentFormat.newSecret();
    private final Path file;
    private final FileChannel from;
    private final FileChannel to;
    private final Pace pace;
    private final ByteBuffer block = ByteBuffer.allocateDirect(SegmentFormat.BLOCK);
    private long written;
    private long synced;

    MovedSegment(Segments segments, Path incoming, long from, Pace pace) throws IOException {
        this.segments = segments;
        this.number = segments.newNumber();
        this.pace = pace;
        this.file = incoming.resolve("%08d.moved".formatted(number));
        this.from = FileChannel.open(segments.find(from), StandardOpenOption.READ);
        try {
            this.to =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            this.from.close();
            throw e;
        }
        write(SegmentFormat.fileHead(number, true, secret));
    }

    /** Copies a record whose body it checks; gives the body's new place. */
    BlobRef append(SegmentScan.Found record) throws IOException {
        ByteBuffer head = SegmentFormat.movedHead(secret, record.headOctets(), record.name());
        write(head.duplicate());
        var place = new BlobRef(number, written, record.body().length());
        ByteBuffer sums = ByteBuffer.wrap(record.tail());
        for (long done = 0; done < place.length(); done += block.limit()) {
            block.clear().limit((int) Math.min(SegmentFormat.BLOCK, place.length() - done));
            read(block, record.body(), done);
            if (SegmentFormat.crc(block.flip()) != sums.getInt()) {
                throw new DamagedBody(record.body());
            }
            write(block);
        }
        write(SegmentFormat.movedTail(head, record.tail()));
        return place;
    }

    private void read(ByteBuffer into, BlobRef body, long within) throws DamagedBody {
        long start = body.offset() + within;
        try {
            while (into.hasRemaining()) {
                if (from.read(into, start + into.position()) < 0) throw new DamagedBody(body);
            }
        } catch (DamagedBody e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedBody(body, e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        int octets = bytes.remaining();
        while (bytes.hasRemaining()) written += to.write(bytes, written);
        if (written - synced >= SYNC_AFTER) sync();
        if (octets > SegmentFormat.HEAD) pace.moved(octets);
    }

    private void sync() throws IOException {
        to.force(false);
        synced = written;
    }

    long octets() {
        return written;
    }

    /** Makes it durable, and ready for the commit that refers to it. */
    void offer() throws IOException {
        sync();
        segments.offer(file, number);
    }

    @Override
    public void close() throws IOException {
        try (from;
                to) {
            Files.deleteIfExists(file);
        }
    }
}
