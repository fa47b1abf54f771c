package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rocksdb.AbstractRocksIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of damaged metadata what can be read, into a draft. */
final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
    private static final byte[] PAST_ALL = {(byte) 0xFF};
    private static final int KEY = 48; // octets that tell keys apart where a gap is looked for

    private final Home home;
    private final Segments segments;
    private final Draft draft;
    private final Consumer<String> said;
    private final List<Gap> gaps = new ArrayList<>();
    private boolean inPieces;
    private boolean lost;

    /** Keys between these two could not be read. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Gap(byte[] from, byte[] to) {}

    Salvage(Home home, Segments segments, Draft draft, Consumer<String> said) {
        this.home = home;
        this.segments = segments;
        this.draft = draft;
        this.said = said;
    }

    /** Does it; says whether something can't be read. */
    boolean run() throws IOException {
        if (!whole()) pieces();
        else if (!gaps.isEmpty()) fill();
        replay();
        if (inPieces) draft.deleteAll(Keys.prefix(Keys.BLOB));
        return lost;
    }

    /**
     * Makes the later commits' changes, and those of earlier ones to what could not be read. The
     * segments have them, but for those that a compaction took away.
     */
    private void replay() throws IOException {
        var changes = new DraftChanges(draft);
        var known = inPieces ? CommitPoint.NONE : draft.lastCommit();
        Replay.overGaps(
                segments,
                gaps.isEmpty() ? known : CommitPoint.NONE,
                (commit, made) -> {
                    boolean later = commit.number() > known.number();
                    changes.make(
                            made,
                            key -> isCount(key) ? later && !isInGap(key) : later || isInGap(key));
                    if (later) draft.put(CommitPoint.KEY, commit.encode());
                });
    }

    /** Some of what was added to a number is not enough to know it: a body would look dead. */
    private static boolean isCount(byte[] key) {
        return key[0] == Keys.BLOB;
    }

    private boolean isInGap(byte[] key) {
        for (Gap gap : gaps) {
            boolean after = Arrays.compareUnsigned(key, gap.from) > 0;
            if (after && Arrays.compareUnsigned(key, gap.to) < 0) return true;
        }
        return false;
    }

    private void lose(String what) {
        lost = true;
        said.accept("lost: " + what + ", as far as they can't be restored from the segments");
    }

    /** Reads them as RocksDB sees them; false when it does not. */
    private boolean whole() {
        try (var options = new EngineOptions(StoreSettings.small());
                var quiet = new StoreCheck.Quiet()) {
            StoreCheck.forReading(options.options, quiet).setParanoidChecks(false);
            try (var db = RocksDB.openReadOnly(options.options, home.engine.toString())) {
                return copy(() -> Cursor.of(db), "the metadata");
            }
        } catch (RocksDBException e) {
            LOG.info("the metadata can't be opened as a whole", e);
            return false;
        }
    }

    /** An iterator of a database or of one file. One that met a bad block is not asked again. */
    private record Cursor(AbstractRocksIterator<?> at, Supplier<byte[]> key, Supplier<byte[]> value)
            implements AutoCloseable {

        static Cursor of(RocksDB db) {
            var entries = db.newIterator();
            return new Cursor(entries, entries::key, entries::value);
        }

        static Cursor of(SstFileReader table, ReadOptions reading) {
            SstFileReaderIterator entries = table.newIterator(reading);
            return new Cursor(entries, entries::key, entries::value);
        }

        /** Whether there is an entry; false at the end. */
        boolean isThere() throws RocksDBException {
            if (at.isValid()) return true;
            at.status();
            return false;
        }

        @Override
        public void close() {
            at.close();
        }
    }

    /** Whether it can be read from {@code key} on. */
    private static boolean reads(Supplier<Cursor> open, byte[] key) {
        try (var cursor = open.get()) {
            cursor.at.seek(key);
            cursor.isThere();
            return true;
        } catch (RocksDBException e) {
            LOG.trace("a bad place", e);
            return false;
        }
    }

    /** Copies all that can be read; false when that ends before the last key. */
    private boolean copy(Supplier<Cursor> open, String of) {
        byte[] last = new byte[0]; // what was copied, or where copying began again
        while (true) {
            try (var cursor = open.get()) {
                cursor.at.seek(last);
                while (cursor.isThere()) {
                    last = cursor.key.get();
                    draft.put(last, cursor.value.get());
                    cursor.at.next();
                }
                return true;
            } catch (RocksDBException e) {
                lose("entries of " + of + " (" + e.getMessage() + ")");
                Optional<byte[]> next = past(open, last);
                gaps.add(new Gap(last, next.orElse(PAST_ALL)));
                if (next.isEmpty()) return false;
                last = next.get(); // each time further on, whatever is there
            }
        }
    }

    /** A place near after a bad one from which can be read again. */
    private static Optional<byte[]> past(Supplier<Cursor> open, byte[] last) {
        BigInteger bad = number(last);
        BigInteger most = BigInteger.ONE.shiftLeft(8 * KEY).subtract(BigInteger.ONE);
        BigInteger good = BigInteger.ZERO;
        for (int bit = 0; bit < 8 * KEY && good.signum() == 0; bit++) {
            BigInteger tried = bad.add(BigInteger.ONE.shiftLeft(bit)).min(most);
            if (reads(open, key(tried))) good = tried;
            else if (bit + 1 == 8 * KEY) return Optional.empty();
        }
        while (good.subtract(bad).compareTo(BigInteger.ONE) > 0) {
            BigInteger between = bad.add(good).shiftRight(1);
            if (reads(open, key(between))) good = between;
            else bad = between;
        }
        return Optional.of(key(good));
    }

    private static BigInteger number(byte[] key) {
        return new BigInteger(1, Arrays.copyOf(key, KEY));
    }

    private static byte[] key(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] key = new byte[KEY];
        int length = Math.min(KEY, octets.length);
        System.arraycopy(octets, octets.length - length, key, KEY - length, length);
        return key;
    }

    /** What lies in the gaps in other tables than the one with the bad block, oldest first. */
    private void fill() throws IOException {
        try (var options = new EngineOptions(StoreSettings.small());
                var reading = new ReadOptions()) {
            for (Path table : home.tables()) {
                try (var reader = new SstFileReader(options.options)) {
                    reader.open(table.toString());
                    try (SstFileReaderIterator entries = reader.newIterator(reading)) {
                        for (Gap gap : gaps) fill(gap, entries);
                    }
                } catch (RocksDBException e) {
                    LOG.debug("a table with a bad block", e);
                }
            }
        }
    }

    private void fill(Gap gap, SstFileReaderIterator entries) {
        for (entries.seek(gap.from); entries.isValid(); entries.next()) {
            byte[] key = entries.key();
            if (Arrays.compareUnsigned(key, gap.to) >= 0) return;
            boolean inside = Arrays.compareUnsigned(key, gap.from) > 0;
            if (inside && !isCount(key)) draft.put(key, entries.value());
        }
    }

    /** Reads table by table, oldest first. What was removed can come back. */
    private void pieces() throws IOException {
        inPieces = true;
        lose("the order of the metadata's files; what was removed can come back");
        draft.deleteRange(new byte[] {0}, new byte[] {(byte) 0xFF});
        try (var options = new EngineOptions(StoreSettings.small());
                var reading = new ReadOptions()) {
            for (Path table : home.tables()) {
                try (var reader = new SstFileReader(options.options)) {
                    reader.open(table.toString());
                    String name = table.getFileName().toString();
                    copy(() -> Cursor.of(reader, reading), name);
                } catch (RocksDBException e) {
                    lose("all entries of " + table.getFileName() + " (" + e.getMessage() + ")");
                }
            }
        }
    }
}
