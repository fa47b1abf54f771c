package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.LoggerFactory;

/**
 * Looks at all of a store and says what is not as it should be. Changes nothing, and needs memory
 * for one mailbox at a time.
 */
public final class StoreCheck {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(StoreCheck.class);

    private final Home home;
    private final Report report;
    private final Segments segments;
    private final boolean open; // and written to meanwhile

    private StoreCheck(Home home, Segments segments, boolean open, CheckListener listener) {
        this.home = home;
        this.report = new Report(home, listener);
        this.segments = segments;
        this.open = open;
    }

    /**
     * Checks a store that nobody has open, also one that can't be opened, and one on a disk that
     * can't be written.
     *
     * @throws StoreException when there is no store, when it is in use, or when the disk fails
     */
    public static void of(Path directory, CheckListener listener) {
        try (var home = Home.look(directory.toAbsolutePath())) {
            of(home, listener);
        }
    }

    /** The same for who holds the lock. */
    static void of(Home home, CheckListener listener) {
        of(home, Optional.empty(), listener);
    }

    /**
     * Checks a backup: reads all that a restore takes from it. None may be written there meanwhile.
     *
     * @throws StoreException when there is no whole backup, or when the disk fails
     */
    public static void ofBackup(Path directory, CheckListener listener) {
        Path backup = directory.toAbsolutePath();
        var manifest = StoreRestore.manifest(backup);
        try (var home = Home.ofBackup(backup, manifest.metadata())) {
            of(home, Optional.of(manifest), listener);
        }
    }

    private static void of(Home home, Optional<BackupManifest> backup, CheckListener listener) {
        try (var segments = new Segments(home)) {
            new StoreCheck(home, segments, false, listener).closed(backup);
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the store can't be read: " + Health.words(e), e);
        }
    }

    /** Checks a store that is open, at one moment. No segment may be removed meanwhile. */
    static void of(Home home, Segments segments, Engine engine, CheckListener listener) {
        var check = new StoreCheck(home, segments, true, listener);
        try (var options = new EngineOptions(StoreSettings.small())) {
            var files = new CheckFiles(home, check.report);
            check.expect(files);
            files.tables(options.options, engine.tables());
            engine.read(reads -> reads.atOnce(now -> check.contents(now)));
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the store can't be read: " + Health.words(e), e);
        }
    }

    private void expect(CheckFiles files) throws IOException {
        files.expect();
        for (long number : segments.newestFirst()) report.expect(segments.octets(number));
        for (long number : segments.waiting()) report.expect(segments.octets(number));
    }

    private void closed(Optional<BackupManifest> backup) throws IOException {
        RocksDB.loadLibrary();
        try (var options = new EngineOptions(StoreSettings.small());
                var quiet = new Quiet()) {
            var files = new CheckFiles(home, report);
            expect(files);
            if (backup.isEmpty()) files.format();
            backup.ifPresent(b -> b.segments().forEach(this::length));
            files.current();
            forReading(options.options, quiet);
            try (var shadow = Shadow.of(home);
                    var db = RocksDB.open(options.options, shadow.directory.toString())) {
                files.tables(options.options, Engine.tables(db));
                replay(db);
                Reads.latest(db, this::contents);
            } catch (RocksDBException e) {
                files.tables(options.options);
                unopened(files, e);
            }
        }
    }

    /** A segment of a backup is as long as when it was copied. */
    private void length(long number, long octets) {
        long has = segments.octets(number);
        if (has == octets) return;
        String what = "it has %d octets, and had %d when it was backed up".formatted(has, octets);
        report.file(Kind.SEGMENT, segments.file(number), what);
    }

    /** Options with which nothing is made, and nothing done in the background. */
    static Options forReading(Options options, Logger quiet) {
        return options.setCreateIfMissing(false).setLogger(quiet).setDisableAutoCompactions(true);
    }

    /** Looks at the commits that an opening would read again, and shows what they change. */
    private void replay(RocksDB db) throws IOException, RocksDBException {
        var known = CommitPoint.decode(Optional.ofNullable(db.get(CommitPoint.KEY)));
        try (var unlogged = new WriteOptions().setDisableWAL(true)) {
            var last =
                    Replay.run(
                            segments,
                            known,
                            new Replay.Target() {
                                @Override
                                public void apply(byte[] changes) throws RocksDBException {
                                    try (var batch = new WriteBatch(changes)) {
                                        db.write(unlogged, batch);
                                    }
                                }

                                @Override
                                public void passedOver(CommitPoint commit) {
                                    report.file(
                                            Kind.TORN_SEGMENT,
                                            segments.file(commit.segment()),
                                            ("the commit at octet %d has not all of its messages: one that"
                                                            + " was never acknowledged, as after a crash, or a"
                                                            + " damaged one; the next opening passes it over")
                                                    .formatted(commit.offset()));
                                }
                            });
            if (segments.end.isDamaged()) {
                report.file(Kind.FORMAT, segments.end.file, "it does not say where the log ends");
            }
            segments.end
                    .problem(last, segments)
                    .ifPresent(what -> report.file(Kind.COMMIT, segments.end.file, what));
        } catch (Replay.Missing e) {
            LOG.debug("a commit is missing", e);
            report.file(
                    Kind.COMMIT,
                    segments.file(e.segment),
                    "the commit at octet %d is damaged or missing, and others follow"
                            .formatted(e.offset));
        }
    }

    private void unopened(CheckFiles files, RocksDBException e) {
        LOG.debug("the metadata can't be opened", e);
        if (files.good()) {
            Path at = Files.isDirectory(home.engine) ? home.engine : home.root.resolve("meta");
            files.bad(at, "it can't be opened: " + files.words(e));
        }
        report.store(Kind.UNREADABLE, "its metadata can't be opened, so no more was looked at");
    }

    /** Looks at what is stored; the answer means nothing. */
    private boolean contents(Reads reads) {
        try {
            var entries = new Entries();
            var references = new References();
            new CheckAccounts(reads, report, entries, references).run();
            new CheckSharing(reads, report, entries).run();
            new CheckQueue(reads, report, entries, references).run();
            long grows =
                    open
                            ? CommitPoint.decode(reads.get(CommitPoint.KEY)).segment()
                            : Long.MAX_VALUE;
            var suspects =
                    new CheckSegments(segments, grows, reads, report, entries, references).run();
            new CheckReferences(segments, reads, report, entries, suspects)
                    .run(references.unequal());
            return true;
        } catch (StoreException e) {
            LOG.debug("the check ends early", e);
            report.store(
                    Kind.UNREADABLE,
                    "not all of it was looked at, because some can't be read: " + cause(e));
            return false;
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the store can't be read: " + Health.words(e), e);
        }
    }

    private String cause(StoreException e) {
        String why =
                String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        return Shadow.named(why).replace(home.root + "/", "");
    }

    /** The engine's own log, which is not to be written beside what is only looked at. */
    static final class Quiet extends Logger {

        Quiet() {
            super(InfoLogLevel.ERROR_LEVEL);
        }

        @Override
        protected void log(InfoLogLevel level, String message) {
            LOG.debug("the engine: {}", message);
        }
    }
}
