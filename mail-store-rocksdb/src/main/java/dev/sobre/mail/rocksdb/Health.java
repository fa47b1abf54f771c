package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store may write. After a full disk it may again once there is space, with the engine
 * opened anew; after any other failure of the medium it may not until it is opened and checked,
 * because what the kernel says of a file whose sync has failed is not to be relied on. Reading goes
 * on in both cases. Belongs to the writer thread.
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
    private final Runnable reopen;
    private Condition condition = Condition.GOOD;

    Health(Home home, Runnable reopen) {
        this.home = home;
        this.reopen = reopen;
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
            // Opening writes what the engine's log holds to a table, so it takes as much again.
            if (Files.getFileStore(home.root).getUsableSpace() < logOctets() + SPARE) throw full();
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the disk does not answer", e);
        }
        reopen.run();
        condition = Condition.GOOD;
        LOG.info("there is space again: the store takes changes");
    }

    private long logOctets() throws IOException {
        long octets = 0;
        try (var logs = Files.newDirectoryStream(home.engine, "*.log")) {
            for (Path log : logs) octets += Files.size(log);
        }
        return octets;
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

    static boolean isFull(Exception cause) {
        if (cause instanceof RocksDBException e && Engine.isFull(e)) return true;
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left on device") || text.contains("quota exceeded");
    }

    private static StoreException full() {
        return new StoreException(Reason.FULL, "the disk is full");
    }
}
