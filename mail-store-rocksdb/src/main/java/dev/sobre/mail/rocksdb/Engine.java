package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Aside;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB, opened. A call into it can wait for the disk and pins its carrier, so calls from virtual
 * threads run on a few platform threads; a platform thread calls directly. What is in memory, and
 * is told by one key, a virtual thread gets directly too.
 */
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** So many keys are sooner asked for one by one than by another thread. */
    static final int FEW = 8;

    private static final int MANY = 50_000; // messages: some tenths of a millisecond to look at
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EngineOptions options;
    private final Aside readers;
    private final ReadOptions plain = new ReadOptions();
    private final ReadOptions inMemory = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable RocksDB db; // guarded by lock
    private byte[] missed = {}; // the writer thread's

    private Engine(EngineOptions options, int readers, RocksDB db) {
        this.options = options;
        this.db = db;
        this.readers = new Aside("store-reader-", readers);
    }

    static Engine open(Home home, StoreSettings settings) {
        RocksDB.loadLibrary();
        var options = new EngineOptions(settings);
        try {
            return new Engine(options, settings.work().readers(), open(home, options));
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static RocksDB open(Home home, EngineOptions options) {
        boolean isNew = home.isNew();
        try {
            // RocksDB would begin anew where its list of files is lost, and remove what is left.
            options.options.setCreateIfMissing(isNew);
            return RocksDB.open(options.options, home.engine.toString());
        } catch (RocksDBException e) {
            if (isNew || !(isCorruption(e) || isMissing(e))) throw failure(e);
            String why = "the store's metadata can't be opened: restore a backup or repair";
            throw new StoreException(Reason.DAMAGED, why, e);
        }
    }

    /** The value of a key. */
    Optional<byte[]> get(byte[] key) {
        if (Thread.currentThread().isVirtual()) {
            try {
                return ask(inMemory, reads -> reads.getInMemory(key));
            } catch (Reads.NotInMemory e) {
                LOG.trace("read from the disk", e);
            }
        }
        return read(reads -> reads.get(key));
    }

    /**
     * The values of some keys. One that can't be read is as one that is not there, if there are
     * more than {@link #FEW}.
     */
    List<Optional<byte[]>> get(List<byte[]> keys) {
        if (Thread.currentThread().isVirtual() && keys.size() <= FEW) {
            // One by one: of several keys at once RocksDB reads from the disk what memory lacks.
            try {
                return ask(inMemory, reads -> keys.stream().map(reads::getInMemory).toList());
            } catch (Reads.NotInMemory e) {
                LOG.trace("read from the disk", e);
            }
        }
        return read(reads -> reads.get(keys));
    }

    /** Runs a read where it may wait for the disk. */
    <T> T read(Function<Reads, T> question) {
        return away(() -> ask(plain, question));
    }

    /** Runs what waits for the disk, or is long work, away from a virtual thread's carrier. */
    <T, X extends Exception> T away(Aside.Work<T, X> work) throws X {
        return readers.run(work);
    }

    /** Runs away what looks at so many messages, if they are so many that it is long work. */
    <T> T ofMany(long messages, Supplier<T> work) {
        return messages < MANY ? work.get() : away(work::get);
    }

    /** The threads of {@link #away}. */
    Aside readers() {
        return readers;
    }

    private <T> T ask(ReadOptions how, Function<Reads, T> question) {
        lock.readLock().lock();
        try {
            return Reads.latest(opened(), how, question);
        } finally {
            lock.readLock().unlock();
        }
    }

    private RocksDB opened() {
        var open = db;
        if (open == null) throw new StoreException(Reason.UNAVAILABLE, "the store is closed");
        return open;
    }

    /**
     * Shows the changes of a commit, which the segments have already. RocksDB looks for space
     * itself after it had none, so it is asked more than once; what can't be shown then is kept for
     * {@link #catchUp}. For the writer thread.
     */
    void apply(byte[] changes) throws RocksDBException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                write(changes);
                return;
            } catch (RocksDBException e) {
                if (isFull(e) && System.nanoTime() < patience) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                } else {
                    missed = changes;
                    throw e;
                }
            }
        }
    }

    /** Shows the durable commit that could not be shown, if there is one. */
    void catchUp() {
        if (missed.length == 0) return;
        try {
            write(missed);
            missed = new byte[0];
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    private void write(byte[] changes) throws RocksDBException {
        lock.readLock().lock();
        try (var batch = new WriteBatch(changes)) {
            opened().write(unlogged, batch);
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

    /** The names of the tables that are in use. */
    List<String> tables() {
        lock.readLock().lock();
        try {
            return tables(opened());
        } finally {
            lock.readLock().unlock();
        }
    }

    static List<String> tables(RocksDB db) {
        return db.getLiveFilesMetaData().stream()
                .map(table -> table.fileName().substring(1)) // it begins with a slash
                .toList();
    }

    /** Has the engine keep everything that it was told: no commit up to here is needed any more. */
    void flush() {
        lock.readLock().lock();
        try (var waiting = new FlushOptions().setWaitForFlush(true)) {
            opened().flush(waiting);
        } catch (RocksDBException e) {
            throw failure(e);
        } finally {
            lock.readLock().unlock();
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
        boolean said = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        return said || Health.isFull(e.getMessage()); // an opening says it in its text only
    }

    private static boolean isCorruption(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    /** Whether files are not there that should be. */
    private static boolean isMissing(RocksDBException e) {
        String why = String.valueOf(e.getMessage());
        return why.contains("create_if_missing") || why.contains("No such file");
    }

    @Override
    public void close() {
        readers.close();
        lock.writeLock().lock();
        try {
            var old = db;
            db = null;
            if (old == null) return;
            old.close(); // which keeps what it can: the segments have it all
            unlogged.close();
            plain.close();
            inMemory.close();
            options.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
