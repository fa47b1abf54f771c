package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes copies of files that are durable and whole, or not there. */
final class Copying {

    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

    private Copying() {}

    /** Copies so much of a file from its beginning; the directory is the caller's to sync. */
    static void copy(Path from, Path to, long length) throws IOException {
        Path fresh = fresh(to);
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
        Path fresh = fresh(to);
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

    /** Where a copy is made until it is whole. */
    static Path fresh(Path to) {
        return to.resolveSibling(to.getFileName() + ".new");
    }
}
