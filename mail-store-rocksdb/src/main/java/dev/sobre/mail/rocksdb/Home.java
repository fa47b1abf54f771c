package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's directory: its parts, its format mark, and the lock that keeps others out. */
final class Home implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    static final String MARK = "FORMAT";
    static final String FORMAT = "sobre-mail-store 3\n";

    private static final Pattern FORM = Pattern.compile("sobre-mail-store \\d{1,9}\n");
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final String METADATA = "meta";
    private static final String OFFERED = "meta.repaired";
    private static final Set<String> PARTS =
            Set.of(MARK, "lock", LogEnd.FILE, "segments", "incoming", METADATA);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    final Path root;
    final Path segments;
    final Path incoming;
    final Path engine;
    private final FileChannel lockFile;

    private Home(Path root, FileChannel lockFile, String metadata) {
        this.root = root;
        this.segments = root.resolve("segments");
        this.incoming = root.resolve("incoming");
        this.engine = root.resolve(metadata);
        this.lockFile = lockFile;
    }

    /** Makes or enters the directory and locks it. */
    static Home enter(Path root) {
        try {
            refuseUnfinished(root);
            createPrivate(root);
            var home = new Home(root, lock(root), METADATA);
            try {
                home.furnish();
            } catch (IOException | RuntimeException e) {
                home.close();
                throw e;
            }
            return home;
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "the mail store's directory can't be used: " + Health.words(e),
                    e);
        }
    }

    /**
     * Enters a directory to look at it, and changes nothing. Keeps others out, where the disk lets
     * it. Where a repair was interrupted when its metadata were whole, it is these that are seen.
     */
    static Home look(Path root) {
        if (!Files.isDirectory(root)) {
            throw new StoreException(Reason.MISSING, "there is no mail store in " + root);
        }
        try {
            refuseOthers(root);
            var lock = Files.isWritable(root) ? lock(root) : readable(root);
            boolean offered = Files.isDirectory(root.resolve(OFFERED));
            return new Home(root, lock, offered ? OFFERED : METADATA);
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE,
                    "the mail store's directory can't be read: " + Health.words(e),
                    e);
        }
    }

    /** Looks at a backup as at a store. */
    static Home ofBackup(Path root, String metadata) {
        try {
            return new Home(root, readable(root), metadata);
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the backup can't be read", e);
        }
    }

    /** What this version can't read it does not call damaged, nor mends it. */
    private static void refuseOthers(Path root) throws IOException {
        Path mark = root.resolve(MARK);
        if (!Files.exists(mark)) return;
        String format = Files.readString(mark, LATIN);
        if (format.equals(FORMAT) || !FORM.matcher(format).matches()) return;
        throw new StoreException(
                Reason.REFUSED,
                "the mail store was written in a format that this version does not know");
    }

    private static boolean holdsOnlyAStore(Path root) throws IOException {
        try (var files = Files.list(root)) {
            return files.allMatch(file -> PARTS.contains(file.getFileName().toString()));
        }
    }

    private static void requireMark(Path mark) throws IOException {
        if (Files.readString(mark, LATIN).equals(FORMAT)) return;
        String why = mark + " does not name the format of a mail store";
        throw new StoreException(Reason.DAMAGED, why);
    }

    /** Where a restore makes a store, until it is whole. */
    static Path restoring(Path root) {
        return root.resolveSibling(root.getFileName() + ".restoring");
    }

    /** An empty store in the place of one that was being restored would hide that. */
    private static void refuseUnfinished(Path root) {
        Path unfinished = restoring(root);
        if (Files.exists(root.resolve("FORMAT")) || !Files.exists(unfinished)) return;
        throw new StoreException(
                Reason.REFUSED,
                "the restore of a backup to "
                        + root
                        + " was interrupted: run it again, or remove "
                        + unfinished
                        + " to begin with an empty store");
    }

    /** Who can't write there can't have it open for writing either. */
    private static FileChannel readable(Path root) throws IOException {
        return FileChannel.open(root, StandardOpenOption.READ);
    }

    /** Mail is nobody else's business: a new directory is its owner's alone. */
    static void createPrivate(Path root) throws IOException {
        if (Files.isDirectory(root)) return;
        Files.createDirectories(root);
        if (Files.getFileStore(root).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
        Path parent = root.getParent();
        if (parent != null) syncDirectory(parent);
    }

    private static FileChannel lock(Path root) throws IOException {
        var file =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) return file;
        } catch (OverlappingFileLockException e) {
            LOG.debug("this process has the store open already", e);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new StoreException(Reason.UNAVAILABLE, "the mail store is in use already");
    }

    private void furnish() throws IOException {
        takeMetadata();
        Files.createDirectories(segments);
        Files.createDirectories(incoming);
        Files.createDirectories(engine);
        Path mark = root.resolve(MARK);
        if (Files.exists(mark)) {
            refuseOthers(root);
            requireMark(mark);
        } else {
            write(root, MARK, FORMAT);
        }
    }

    /** The tables of the metadata, also those that are not in use, oldest first. */
    List<Path> tables() throws IOException {
        List<Path> all = new ArrayList<>();
        if (!Files.isDirectory(engine)) return all;
        try (var files = Files.newDirectoryStream(engine, "*.sst")) {
            files.forEach(all::add);
        }
        all.sort(null);
        return all;
    }

    /** Whether a store is here, and nothing else, to which nothing was ever committed. */
    static boolean isUnused(Path root) throws IOException {
        if (!Files.exists(root.resolve(MARK)) || !holdsOnlyAStore(root)) return false;
        try (var home = look(root);
                var segments = new Segments(home)) {
            return home.isNew() && segments.end.problem(CommitPoint.NONE, segments).isEmpty();
        }
    }

    /** Names the format anew where that is damaged. */
    void mark() throws IOException {
        Path mark = root.resolve(MARK);
        if (!Files.exists(mark) || !Files.readString(mark, LATIN).equals(FORMAT))
            write(root, MARK, FORMAT);
    }

    /** Whether nothing was ever committed here. */
    boolean isNew() {
        try {
            return !has(segments, "*.seg") && !has(incoming, "*.seg") && !has(engine, "*.sst");
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the store can't be read", e);
        }
    }

    private static boolean has(Path directory, String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(directory, pattern)) {
            return files.iterator().hasNext();
        }
    }

    /** Offers whole and durable metadata in the place of those that are there. */
    void offerMetadata(Path fresh) throws IOException {
        syncDirectory(fresh);
        Files.move(fresh, root.resolve(OFFERED), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(root);
    }

    /**
     * Takes metadata that were offered; the others are kept under the name that this gives. Goes on
     * where a process that did this was killed.
     */
    String takeMetadata() throws IOException {
        Path offered = root.resolve(OFFERED);
        Path taken = root.resolve(METADATA);
        if (!Files.exists(offered)) return "";
        new LogEnd(root).forget(); // they lack what is lost; not before they are taken for good
        String kept = "meta.damaged-" + DATE.format(Instant.now().atZone(ZoneOffset.UTC));
        if (Files.exists(taken)) {
            Files.move(taken, root.resolve(kept), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(offered, taken, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(root);
        return kept;
    }

    /**
     * Discards what is left in {@code incoming} once the segments of durable commits were taken
     * from there: it was never acknowledged, because its process ended before.
     */
    void discardIncoming() throws IOException {
        int count = 0;
        try (var files = Files.newDirectoryStream(incoming)) {
            for (Path file : files) {
                Files.delete(file);
                count++;
            }
        }
        if (count > 0) LOG.info("discarded {} unfinished incoming bodies", count);
    }

    /** Writes a small file in the place of one that is there, durable and whole. */
    static void write(Path directory, String name, String text) throws IOException {
        Path fresh = directory.resolve(name + ".new");
        try (var out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (octets.hasRemaining()) out.write(octets);
            out.force(true);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(directory);
    }

    /** Makes new and renamed entries of a directory durable. */
    static void syncDirectory(Path directory) throws IOException {
        try (var d = FileChannel.open(directory, StandardOpenOption.READ)) {
            d.force(true);
        }
    }

    /** Removes a directory and all that is in it. */
    static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("the store's lock could not be released", e);
        }
    }
}
