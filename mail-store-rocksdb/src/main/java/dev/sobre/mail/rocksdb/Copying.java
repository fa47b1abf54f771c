package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes copies of files that are durable and whole, or not there. */
final class Copying {

    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);
    private static final int END = 4096; // octets by which two segments are told apart
    private static final int SOME = 1 << 20; // octets that are copied at once

    private Copying() {}

    /** Copies so much of a file from its beginning; the directory is the caller's to sync. */
    static void copy(Path from, Path to, long length) throws IOException {
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        try (var in = FileChannel.open(from, StandardOpenOption.READ);
                var out =
                        FileChannel.open(
                                fresh,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)) {
            for (long done = 0; done < length; ) {
                long more = in.transferTo(done, length - done, out);
                if (more <= 0) throw new IOException(from + " is shorter than it should be");
                done += more;
            }
            out.force(true);
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Copies so much of a segment. What the disk can't read is zeros in the copy, whose other
     * messages are whole.
     *
     * @return whether all could be read
     */
    static boolean copySegment(Path from, Path to, long length) throws IOException {
        try {
            copy(from, to, length);
            return true;
        } catch (IOException e) {
            LOG.warn("{} is copied as far as it can be read", from, e);
        }
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        try (var in = new SegmentFile(from);
                var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            for (long done = 0; done < length; ) {
                byte[] some = in.read(done, (int) Math.min(SOME, length - done));
                if (some.length == 0) throw new IOException(from + " is shorter than it should be");
                var octets = ByteBuffer.wrap(some);
                while (octets.hasRemaining()) done += out.write(octets, done);
            }
            out.force(true);
            Files.move(
                    fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return in.unreadable() < 0;
        }
    }

    /** Copies all files of a directory that has no others below it, and syncs it. */
    static void copyAll(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                copy(file, to.resolve(file.getFileName().toString()), Files.size(file));
            }
        }
        Home.syncDirectory(to);
    }

    /** Has a file under a second name; false where the file system can't. */
    static boolean link(Path from, Path to) {
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createLink(fresh, from);
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} is copied, because it can't be linked", from, e);
            return false;
        }
    }

    /** Whether two files are the same segment: as long, and with the same checksums at the end. */
    static boolean same(Path one, Path other) throws IOException {
        if (!Files.exists(other) || Files.size(one) != Files.size(other)) return false;
        return Files.isSameFile(one, other) || Arrays.equals(end(one), end(other));
    }

    private static byte[] end(Path file) throws IOException {
        try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
            var end = ByteBuffer.allocate((int) Math.min(END, in.size()));
            in.position(in.size() - end.limit());
            while (end.hasRemaining() && in.read(end) >= 0) {}
            return end.array();
        }
    }
}
