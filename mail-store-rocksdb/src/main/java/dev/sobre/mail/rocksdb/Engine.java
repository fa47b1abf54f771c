package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB, opened. A call into it can wait for the disk and pins its carrier, so calls from virtual
 * threads run on a few platform threads; a platform thread calls directly.
 */
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Home home;
    private final EngineOptions options;
    private final ExecutorService readers;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable RocksDB db; // guarded by lock

    private Engine(Home home, EngineOptions options, int readers, RocksDB db) {
        this.home = home;
        this.options = options;
        this.db = db;
        this.readers =
                Executors.newFixedThreadPool(
                        readers, Thread.ofPlatform().daemon().name("store-reader-", 1).factory());
    }

    static Engine open(Home home, StoreSettings settings) {
        RocksDB.loadLibrary();
        var options = new EngineOptions(settings);
        try {
            return new Engine(home, options, settings.readers(), open(home, options));
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static RocksDB open(Home home, EngineOptions options) {
        try {
            return openOnce(home, options);
        } catch (RocksDBException e) {
            try {
                if (!isCorruption(e) || !Recovery.cutTornLog(home)) throw failure(e);
                return openOnce(home, options);
            } catch (IOException | RocksDBException again) {
                throw new StoreException(
                        Reason.DAMAGED, "the store's metadata can't be opened", again);
            }
        }
    }

    private static RocksDB openOnce(Home home, EngineOptions options) throws RocksDBException {
        return RocksDB.open(options.options, home.engine.toString());
    }

    /** Runs a read where it may wait for the disk. */
    <T> T read(Function<Reads, T> question) {
        return away(() -> ask(question));
    }

    /** Runs what waits for the disk, or is long work, away from a virtual thread's carrier. */
    <T> T away(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) return work.get();
        try {
            return readers.submit(work::get).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException refusal) throw refusal;
            throw new IllegalStateException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the store is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Reason.UNAVAILABLE, "interrupted while reading", e);
        }
    }

    private <T> T ask(Function<Reads, T> question) {
        lock.readLock().lock();
        try {
            return Reads.latest(opened(), question);
        } finally {
            lock.readLock().unlock();
        }
    }

    private RocksDB opened() {
        var open = db;
        if (open == null) throw new StoreException(Reason.UNAVAILABLE, "the store is closed");
        return open;
    }

    /** Commits a batch; it is durable on return. For the writer thread. */
    void write(WriteBatch batch) throws RocksDBException {
        lock.readLock().lock();
        try {
            opened().write(synced, batch);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Writes all that is committed to a directory that does not exist; its parent does. */
    void checkpoint(Path directory) {
        lock.readLock().lock();
        try (var checkpoint = Checkpoint.create(opened())) {
            checkpoint.createCheckpoint(directory.toString());
        } catch (RocksDBException e) {
            throw failure(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Closes and opens the engine in place: it refuses all writes after one has failed. Where it
     * can't be opened for writing yet, reading goes on.
     */
    void reopen() {
        lock.writeLock().lock();
        try {
            var old = db;
            db = null;
            if (old != null) old.close();
            db = open(home, options);
        } catch (StoreException e) {
            db = openForReading();
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private @Nullable RocksDB openForReading() {
        try {
            return RocksDB.openReadOnly(options.options, home.engine.toString());
        } catch (RocksDBException e) {
            LOG.error("the store's metadata can't be opened, not even for reading", e);
            return null;
        }
    }

    static StoreException failure(RocksDBException e) {
        if (isFull(e)) return new StoreException(Reason.FULL, "the disk is full", e);
        return isCorruption(e)
                ? new StoreException(Reason.DAMAGED, "the store's metadata is damaged", e)
                : new StoreException(Reason.UNAVAILABLE, "the store's metadata failed", e);
    }

    static boolean isFull(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    private static boolean isCorruption(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    /** Spares the next opening the reading of the log. */
    private static void flush(RocksDB db) {
        try (var waiting = new FlushOptions().setWaitForFlush(true)) {
            db.flush(waiting);
        } catch (RocksDBException e) {
            LOG.warn("the store's metadata was closed without a flush; its log has it", e);
        }
    }

    @Override
    public void close() {
        readers.shutdown();
        lock.writeLock().lock();
        try {
            var old = db;
            db = null;
            if (old == null) return;
            flush(old);
            old.close();
            synced.close();
            options.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
