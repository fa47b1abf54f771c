package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The octets of a segment as they are when it is opened to be walked. Those that the disk can't
 * read are what an older copy has in their place, or zeros, and it is known that there are such.
 */
final class SegmentFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);
    private static final int SECTOR = 4096;
    private static final int MARK = SegmentFormat.SECRET_AT + 8; // octets that a record begins with

    private final Path path;
    private final Optional<SegmentFile> older;
    private final FileChannel channel;
    private final long size;
    private long unreadable = -1; // the last place that could not be read
    private final ByteBuffer window = ByteBuffer.allocate(64 << 10).limit(0);
    private long windowAt; // where its octets lie in the file

    SegmentFile(Path file) throws IOException {
        this(file, Optional.empty());
    }

    SegmentFile(Path file, Optional<SegmentFile> older) throws IOException {
        path = file;
        this.older = older;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    long size() {
        return size;
    }

    /** So many octets from a place on, fewer where the file ends before. */
    byte[] read(long place, int octets) throws IOException {
        boolean inside = place >= 0 && place < size;
        byte[] bytes = new byte[inside ? Math.clamp(size - place, 0, octets) : 0];
        fill(ByteBuffer.wrap(bytes), place);
        return bytes;
    }

    /** Fills a buffer from a place on; false when the file ends before. */
    boolean fill(ByteBuffer into, long place) throws IOException {
        while (into.hasRemaining()) {
            long here = place + into.position();
            try {
                if (channel.read(into, here) < 0) return false;
            } catch (ClosedChannelException e) {
                throw e; // whoever interrupts this thread wants no answer
            } catch (IOException e) {
                sector(into, here, e);
            }
        }
        return true;
    }

    /** Reads on in the sector of a place by itself, or passes it over. */
    private void sector(ByteBuffer into, long here, IOException why) throws IOException {
        int limit = into.limit();
        int end = (int) Math.min(limit - into.position(), SECTOR - here % SECTOR);
        into.limit(into.position() + end);
        try {
            channel.read(into, here);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            if (unreadable < 0) {
                LOG.error("{} can't be read at octet {}: {}", path, here, why.getMessage());
            }
            unreadable = Math.max(unreadable, here);
            if (older.isPresent()) older.get().fill(into, here - into.position());
            while (into.hasRemaining()) into.put((byte) 0);
        }
        into.limit(limit);
    }

    /** The last place so far that could not be read; -1 when there was none. */
    long unreadable() {
        return unreadable;
    }

    /**
     * The first place from one on where a record of a segment may begin; -1 when there is none. Its
     * letters can be in a mail, its secret can't: whatever anybody sent, this finds real records.
     */
    long find(long secret, long from) throws IOException {
        for (long place = from; place <= size - MARK; place++) {
            boolean seen = place >= windowAt && place + MARK <= windowAt + window.limit();
            if (!seen && !look(place)) return -1;
            int here = (int) (place - windowAt);
            boolean ours = window.getLong(here + SegmentFormat.SECRET_AT) == secret;
            if (ours && isLetters(window.getInt(here))) return place;
        }
        return -1;
    }

    /** Whether there are zeros only from a place on. */
    boolean isBlank(long from) throws IOException {
        for (long place = from; place < size; place += window.limit()) {
            look(place);
            if (window.rewind().mismatch(ByteBuffer.allocate(window.limit())) >= 0) return false;
        }
        return true;
    }

    private static boolean isLetters(int octets) {
        return octets == CommitFormat.MAGIC || octets == SegmentFormat.MAGIC;
    }

    private boolean look(long place) throws IOException {
        windowAt = place;
        window.clear().limit((int) Math.min(window.capacity(), size - place));
        return fill(window, place);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
