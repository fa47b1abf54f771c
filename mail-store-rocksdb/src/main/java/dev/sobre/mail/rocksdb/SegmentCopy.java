package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of segments, of which the disk may not read all. */
final class SegmentCopy {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentCopy.class);
    private static final int EDGE = 4096; // at one edge is a file's secret, at the other checksums
    private static final int SOME = 1 << 20; // octets that are copied at once

    private SegmentCopy() {}

    /**
     * Copies so much of a segment. What the disk can't read is what the copy before has of it, or
     * zeros; all other messages are whole.
     *
     * @return whether all could be read
     */
    static boolean make(Path from, Path to, long length) throws IOException {
        try {
            Copying.copy(from, to, length);
            return true;
        } catch (ClosedChannelException e) {
            throw e; // whoever interrupts this thread wants no copy
        } catch (IOException e) {
            LOG.debug("{} is copied sector by sector", from, e);
        }
        boolean older = Files.exists(to) && alike(from, to);
        try (var before = older ? new SegmentFile(to) : null;
                var in = new SegmentFile(from, Optional.ofNullable(before))) {
            if (in.size() < length) throw new IOException(from + " is shorter than it should be");
            copy(in, 0, length, to);
            return in.unreadable() < 0;
        }
    }

    /** Keeps a part of a segment, as far as it is there; what the disk can't read is zeros. */
    static void keep(Path segment, long from, long length, Path to) throws IOException {
        try (var in = new SegmentFile(segment)) {
            copy(in, from, length, to);
        }
    }

    private static void copy(SegmentFile in, long from, long length, Path to) throws IOException {
        Path fresh = Copying.fresh(to);
        try (var out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long end = Math.min(from + length, in.size());
            for (long at = from; at < end; ) {
                var some = ByteBuffer.wrap(in.read(at, (int) Math.min(SOME, end - at)));
                while (some.hasRemaining()) at += out.write(some);
            }
            out.force(true);
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether a segment that grows no more was copied, or linked, before. */
    static boolean isMade(Path from, Path to) throws IOException {
        if (!Files.exists(to) || Files.size(from) != Files.size(to)) return false;
        return Files.isSameFile(from, to) || alike(from, to);
    }

    /** Whether a file is a copy of a segment, or of what it was earlier. */
    private static boolean alike(Path segment, Path copy) throws IOException {
        try (var one = new SegmentFile(segment);
                var other = new SegmentFile(copy)) {
            return alike(one, other, 0) || alike(one, other, Math.max(0, other.size() - EDGE));
        }
    }

    private static boolean alike(SegmentFile one, SegmentFile other, long from) throws IOException {
        int octets = (int) Math.min(EDGE, other.size() - from);
        boolean same = Arrays.equals(one.read(from, octets), other.read(from, octets));
        return same && one.unreadable() < from && other.unreadable() < from;
    }
}
