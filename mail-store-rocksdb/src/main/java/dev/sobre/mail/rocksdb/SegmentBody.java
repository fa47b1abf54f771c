package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stored body that is open for reading. What does not match its checksum is not given out. A
 * virtual thread reads itself what is in memory, and has the rest read.
 */
final class SegmentBody implements BlobReader {

    private static final int BLOCK = SegmentFormat.BLOCK;

    private final Aside aside;
    private final Segments segments;
    private final Segment segment;
    private final BlobRef ref;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final ReentrantLock lock = new ReentrantLock();
    private int @Nullable [] sums;
    private @Nullable ByteBuffer held; // the block read last
    private long heldIndex = -1;

    /**
     * @param aside where is read what virtual threads would wait for
     * @param segment acquired for this reader
     * @param ref where the body lies there
     */
    SegmentBody(Aside aside, Segments segments, Segment segment, BlobRef ref) {
        this.aside = aside;
        this.segments = segments;
        this.segment = segment;
        this.ref = ref;
    }

    @Override
    public long length() {
        return ref.length();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        if (offset < 0) throw new IllegalArgumentException("a negative offset");
        if (offset >= ref.length()) return -1;
        if (!open.get()) throw new IOException("the body is closed");
        lock.lock();
        try {
            int total = 0;
            while (into.hasRemaining() && offset + total < ref.length()) {
                total += readFromBlock(offset + total, into);
            }
            return total;
        } finally {
            lock.unlock();
        }
    }

    private int readFromBlock(long offset, ByteBuffer into) throws IOException {
        long index = offset / BLOCK;
        int within = (int) (offset % BLOCK);
        int size = (int) Math.min(BLOCK, ref.length() - index * BLOCK);
        if (within == 0 && into.remaining() >= size && index != heldIndex) {
            ByteBuffer target = into.slice(into.position(), size);
            load(index, target);
            into.position(into.position() + size);
            return size;
        }
        ByteBuffer block = block(index, size);
        int part = Math.min(size - within, into.remaining());
        into.put(block.slice(within, part));
        return part;
    }

    private ByteBuffer block(long index, int size) throws IOException {
        ByteBuffer block = held;
        if (block == null) {
            block = ByteBuffer.allocate((int) Math.min(BLOCK, ref.length()));
            held = block;
        }
        if (index != heldIndex) {
            heldIndex = -1;
            load(index, block.slice(0, size));
            heldIndex = index;
        }
        return block;
    }

    /** Reads a block into {@code target}, which has just its size, and checks it. */
    private void load(long index, ByteBuffer target) throws IOException {
        boolean whole = fill(target, ref.offset() + index * BLOCK);
        if (!whole || SegmentFormat.crc(target.flip()) != sums()[(int) index]) {
            throw new IOException(
                    "a stored message is damaged: segment %d, body at %d, block %d"
                            .formatted(ref.place(), ref.offset(), index));
        }
    }

    private int[] sums() throws IOException {
        int[] known = sums;
        if (known != null) return known;
        int blocks = SegmentFormat.blocksOf(ref.length(), BLOCK);
        var table = ByteBuffer.allocate(4 * blocks);
        if (!fill(table, ref.offset() + ref.length())) {
            throw new IOException(
                    "a stored message is damaged: segment %d ends within the body at %d"
                            .formatted(ref.place(), ref.offset()));
        }
        known = new int[blocks];
        table.flip().asIntBuffer().get(known);
        sums = known;
        return known;
    }

    /** Fills what is empty from a position of the segment on; false when that ends before. */
    private boolean fill(ByteBuffer empty, long position) throws IOException {
        if (Thread.currentThread().isVirtual()) segment.readCached(empty, position);
        if (!empty.hasRemaining()) return true;
        try {
            return aside.run(() -> segment.readFully(empty, position + empty.position()));
        } catch (StoreException e) {
            // Half of it may have been sent: this is no refusal that one can answer with.
            throw new IOException("the store was closed while a message was read", e);
        }
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) segments.release(segment);
    }
}
