package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * Metadata that is being made anew beside those of a store. It counts for nothing until it is
 * closed and put in their place.
 */
final class Draft implements AutoCloseable {

    private final EngineOptions options = new EngineOptions(StoreSettings.small());
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final RocksDB db;

    /** A call of the engine. */
    @FunctionalInterface
    private interface Call {
        void run() throws RocksDBException;
    }

    private Draft(Path directory) throws RocksDBException {
        this.db = RocksDB.open(options.options, directory.toString());
    }

    /** Begins one in a directory, in place of one that was not finished. */
    static Draft begin(Path directory) throws IOException {
        if (Files.exists(directory)) Home.remove(directory);
        try {
            return new Draft(directory);
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }

    /** Works on it; what is read is what was written last. */
    void edit(Consumer<Reads> work) {
        Reads.latest(
                db,
                reads -> {
                    work.accept(reads);
                    return reads;
                });
    }

    /** The last commit that it knows. */
    CommitPoint lastCommit() {
        return Reads.latest(db, reads -> CommitPoint.decode(reads.get(CommitPoint.KEY)));
    }

    void put(byte[] key, byte[] value) {
        run(() -> db.put(unlogged, key, value));
    }

    void delete(byte[] key) {
        run(() -> db.delete(unlogged, key));
    }

    void deleteAll(byte[] prefix) {
        deleteRange(prefix, Keys.after(prefix));
    }

    void deleteRange(byte[] from, byte[] to) {
        run(() -> db.deleteRange(unlogged, from, to));
    }

    /** Adds to a number. */
    void add(byte[] key, byte[] more) {
        run(() -> db.merge(unlogged, key, more));
    }

    private static void run(Call call) {
        try {
            call.run();
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }

    /** Makes it durable. */
    void finish() {
        run(
                () -> {
                    try (var waiting = new FlushOptions().setWaitForFlush(true)) {
                        db.flush(waiting);
                    }
                });
    }

    @Override
    public void close() {
        db.close();
        unlogged.close();
        options.close();
    }
}
