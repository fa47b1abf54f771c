package dev.sobre.mail.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;

/** What can be asked of RocksDB while it is certain to stay open. */
final class Reads {

    /** Takes entries one by one; says whether it wants more. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    private final RocksDB db;
    private final @Nullable Snapshot moment;
    private final ReadOptions options;

    private Reads(RocksDB db, @Nullable Snapshot moment, ReadOptions options) {
        this.db = db;
        this.moment = moment;
        this.options = options;
    }

    /** Asks for what is there now; two reads can see two moments. */
    static <T> T latest(RocksDB db, Function<Reads, T> question) {
        try (var options = new ReadOptions()) {
            return latest(db, options, question);
        }
    }

    /** The same with options for who asks often. */
    static <T> T latest(RocksDB db, ReadOptions options, Function<Reads, T> question) {
        return question.apply(new Reads(db, null, options));
    }

    /** Asks for what is there at one moment. */
    <T> T atOnce(Function<Reads, T> question) {
        var now = db.getSnapshot();
        try (var at = new ReadOptions().setSnapshot(now)) {
            return question.apply(new Reads(db, now, at));
        } finally {
            db.releaseSnapshot(now);
        }
    }

    Optional<byte[]> get(byte[] key) {
        try {
            return Optional.ofNullable(db.get(options, key));
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }

    /**
     * The same with options that read memory alone.
     *
     * @throws NotInMemory when that does not tell
     */
    Optional<byte[]> getInMemory(byte[] key) {
        try {
            return Optional.ofNullable(db.get(options, key));
        } catch (RocksDBException e) {
            Status status = e.getStatus();
            boolean unknown = status != null && status.getCode() == Status.Code.Incomplete;
            throw unknown ? new NotInMemory() : Engine.failure(e);
        }
    }

    /** Only the disk can tell. */
    static final class NotInMemory extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotInMemory() {
            super("not in memory", null, false, false);
        }
    }

    /** The values of some keys; one that can't be read is as one that is not there. */
    List<Optional<byte[]>> get(List<byte[]> keys) {
        try {
            return db.multiGetAsList(options, keys).stream().map(Optional::ofNullable).toList();
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }

    /** The first key from one to another, which is not included. */
    Optional<byte[]> first(byte[] from, byte[] to) {
        List<byte[]> first = new ArrayList<>(1);
        scan(
                from,
                to,
                (key, _) -> {
                    first.add(key);
                    return false;
                });
        return first.stream().findFirst();
    }

    boolean has(byte[] key) {
        return get(key).isPresent();
    }

    /** Whether a key starts with {@code prefix}. */
    boolean hasAny(byte[] prefix) {
        return first(prefix, Keys.after(prefix)).isPresent();
    }

    /** Visits all entries whose key starts with {@code prefix}. */
    void scan(byte[] prefix, Visitor visitor) {
        scan(prefix, Keys.after(prefix), visitor);
    }

    /** Visits the entries from one key to another, which is not included, as of one moment. */
    void scan(byte[] from, byte[] to, Visitor visitor) {
        try (var end = new Slice(to);
                var bounded = new ReadOptions().setIterateUpperBound(end)) {
            if (moment != null) bounded.setSnapshot(moment);
            try (var entries = db.newIterator(bounded)) {
                for (entries.seek(from); entries.isValid(); entries.next()) {
                    if (!visitor.visit(entries.key(), entries.value())) return;
                }
                entries.status();
            }
        } catch (RocksDBException e) {
            throw Engine.failure(e);
        }
    }
}
