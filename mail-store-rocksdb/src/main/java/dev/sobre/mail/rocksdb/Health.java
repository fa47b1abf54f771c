package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
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

    private static boolean isFull(Exception cause) {
        if (cause instanceof RocksDBException e && Engine.isFull(e)) return true;
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left on device") || text.contains("quota exceeded");
    }

    private static StoreException full() {
        return new StoreException(Reason.FULL, "the disk is full");
    }
}
