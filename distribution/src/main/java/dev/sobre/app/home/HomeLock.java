package dev.sobre.app.home;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to open a home's store: held by one process at a time and given back by the operating
 * system when that process ends, however it ends. The file tells whose it is.
 */
public final class HomeLock implements AutoCloseable {

    private static final String READ_ONLY = "Read-only file system"; // as the kernel has it

    private final FileChannel channel;
    private final Optional<FileLock> lock; // none where nobody can write

    private HomeLock(FileChannel channel, Optional<FileLock> lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the lock, or is empty while another process has it. */
    public static Optional<HomeLock> take(Home home) {
        try {
            var channel =
                    FileChannel.open(
                            home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new HomeLock(channel, Optional.of(lock)));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).endsWith(READ_ONLY)) return unneeded(home);
            throw new Failure(
                    "can't write "
                            + home.lockFile()
                            + " ("
                            + e.getMessage()
                            + "): run this as the user that owns the home",
                    e);
        }
    }

    /** What can be had on a disk that can't be written: nobody has its store open, nor can. */
    private static Optional<HomeLock> unneeded(Home home) {
        try {
            var root = FileChannel.open(home.root(), StandardOpenOption.READ);
            return Optional.of(new HomeLock(root, Optional.empty()));
        } catch (IOException e) {
            throw new Failure(home.root() + " can't be read: " + Reason.of(e), e);
        }
    }

    /** The pid of the process that has the lock, as that process wrote it. */
    public static String owner(Home home) {
        try {
            String pid = Files.readString(home.lockFile()).strip();
            return pid.matches("\\d{1,10}") ? pid : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another server in this very process
        }
    }

    @Override
    public void close() {
        try (channel) {
            if (lock.isPresent()) lock.get().release();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of the home was not released", e);
        }
    }
}
