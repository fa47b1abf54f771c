package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store may write. After a full disk it may again once there is space; after any other
 * failure of the medium it may not until it is opened and checked, because what the kernel says of
 * a file whose sync has failed is not to be relied on. Reading goes on in both cases. Belongs to
 * the writer thread.
 */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final long SPARE = 1 << 20; // free octets wanted before trying again

    private enum Condition {
        GOOD,
        FULL,
        FAILED
    }

    private final Home home;
    private final Runnable recover;
    private Condition condition = Condition.GOOD;

    /**
     * @param recover makes up for what a full disk kept from being done
     */
    Health(Home home, Runnable recover) {
        this.home = home;
        this.recover = recover;
    }

    /** Refuses when the store can't write now. */
    void requireWritable() {
        switch (condition) {
            case GOOD -> {}
            case FULL -> recoverFromFull();
            case FAILED ->
                    throw new StoreException(
                            Reason.UNAVAILABLE, "the store takes no changes after a disk failure");
        }
    }

    private void recoverFromFull() {
        try {
            if (Files.getFileStore(home.root).getUsableSpace() < SPARE) throw full();
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the disk does not answer", e);
        }
        recover.run();
        condition = Condition.GOOD;
        LOG.info("there is space again: the store takes changes");
    }

    /** Takes note of a failed commit; gives what its callers are told. */
    StoreException failed(Exception cause) {
        if (isFull(cause)) {
            condition = Condition.FULL;
            LOG.error("the disk is full: changes are refused until there is space", cause);
            return full();
        }
        condition = Condition.FAILED;
        LOG.error("the disk failed: no more changes until the store is opened again", cause);
        return new StoreException(Reason.UNAVAILABLE, "the disk failed", cause);
    }

    /**
     * What the caller of something else that failed is told, if it is not that the disk is full.
     */
    static StoreException refusal(IOException cause, String otherwise) {
        return isFull(cause)
                ? new StoreException(Reason.FULL, "the disk is full", cause)
                : new StoreException(Reason.UNAVAILABLE, otherwise, cause);
    }

    /** What an exception says to who knows no Java; some say but the name of a file. */
    static String words(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no " + e.getMessage();
            case FileAlreadyExistsException _ -> e.getMessage() + " is no directory";
            case AccessDeniedException _ -> "this user has no permission for " + e.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static boolean isFull(Exception cause) {
        return cause instanceof RocksDBException e ? Engine.isFull(e) : isFull(cause.getMessage());
    }

    /** Whether this is how the system says that there is no space. */
    static boolean isFull(@Nullable String message) {
        String text = String.valueOf(message).toLowerCase(Locale.ROOT);
        return text.contains("no space left on device") || text.contains("quota exceeded");
    }

    private static StoreException full() {
        return new StoreException(Reason.FULL, "the disk is full");
    }
}
