package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a directory up to date as a backup of a store that goes on working. First comes a
 * checkpoint of the metadata, then the segments, which hold at least what it refers to, last the
 * manifest. Until that is written the backup before is whole. No segment may be removed meanwhile.
 */
final class Backup {

    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    private static final String METADATA = "meta-";
    private static final Pattern OURS = Pattern.compile(METADATA + "\\d{13}");

    /** The segments at one moment between two commits: how long they are, and which one grows. */
    private record Inventory(long growing, SortedMap<Long, Long> lengths) {}

    private final Engine engine;
    private final CommitQueue queue;
    private final Segments segments;
    private final Path directory;
    private final Path bodies;
    private final Set<Long> lacking = new HashSet<>(); // segments that were not read whole

    Backup(Engine engine, CommitQueue queue, Segments segments, Path directory) {
        this.engine = engine;
        this.queue = queue;
        this.segments = segments;
        this.directory = directory;
        this.bodies = directory.resolve("segments");
    }

    BackupProgress take(Consumer<BackupProgress> listener) throws IOException {
        if (Files.exists(directory.resolve(Home.MARK))) {
            throw new StoreException(
                    Reason.REFUSED, directory + " is a mail store: a backup has its own folder");
        }
        Home.createPrivate(directory);
        Files.createDirectories(bodies);
        var before = before();
        clear(before);
        before.ifPresent(b -> lacking.addAll(b.lacking()));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String metadata = METADATA + System.currentTimeMillis();
        engine.checkpoint(directory.resolve(metadata));
        Inventory inventory = queue.run(Commit.byItself(this::inventory));
        SortedMap<Long, Long> lengths = inventory.lengths;
        long all = lengths.values().stream().mapToLong(Long::longValue).sum();
        var progress = BackupProgress.of(all);
        for (var segment : lengths.entrySet()) {
            progress = bring(segment.getKey(), segment.getValue(), inventory.growing, progress);
            listener.accept(progress);
        }
        Home.syncDirectory(bodies);
        Home.syncDirectory(directory);
        var manifest = new BackupManifest(now, metadata, lengths, lacking);
        manifest.write(directory);
        clear(Optional.of(manifest));
        return progress;
    }

    private Optional<BackupManifest> before() throws IOException {
        try {
            return BackupManifest.read(directory);
        } catch (StoreException e) {
            LOG.warn("the backup that was there can't be used: another takes its place", e);
            return Optional.empty();
        }
    }

    /** Each commit that is in the segment that grows finds the others that it refers to here. */
    private Inventory inventory(Group group) throws IOException {
        var lengths = lengths(group);
        long growing = group.growing();
        // Its file has more ahead, which will be written over.
        lengths.computeIfPresent(growing, (_, octets) -> Math.min(octets, group.grown()));
        return new Inventory(growing, lengths);
    }

    /** Of those that commits refer to: another that waits may be withdrawn at any moment. */
    private SortedMap<Long, Long> lengths(Group group) throws IOException {
        var lengths = new TreeMap<Long, Long>();
        List<Long> all = new ArrayList<>(segments.newestFirst());
        for (long number : segments.waiting()) {
            if (group.get(Keys.segment(Keys.SEGMENT, number)).isPresent()) all.add(number);
        }
        for (long number : all) lengths.put(number, Files.size(segments.find(number)));
        return lengths;
    }

    /** Links a segment that grows no more, or copies one. */
    private BackupProgress bring(long number, long length, long growing, BackupProgress before)
            throws IOException {
        Path from = segments.find(number);
        Path to = bodies.resolve(segments.file(number).getFileName());
        boolean lacked = lacking.remove(number);
        boolean full = number != growing;
        boolean there = full && !lacked && SegmentCopy.isMade(from, to);
        boolean linked = there ? Files.isSameFile(from, to) : full && Copying.link(from, to);
        if (there || linked) return before.after(length, 0, linked ? length : 0);
        boolean whole = SegmentCopy.make(from, to, length);
        if (!whole) lacking.add(number);
        return before.copied(length, whole);
    }

    /** Removes what older and interrupted backups left; what is somebody else's stays. */
    private void clear(Optional<BackupManifest> kept) throws IOException {
        Set<Long> numbers = kept.map(m -> m.segments().keySet()).orElse(Set.of());
        try (var files = Files.newDirectoryStream(bodies, "*.seg{,.new}")) {
            for (Path file : files) {
                if (!numbers.contains(Segments.number(file))) Files.delete(file);
            }
        }
        try (var files = Files.newDirectoryStream(directory, METADATA + "*")) {
            for (Path old : files) {
                String name = old.getFileName().toString();
                boolean current = kept.filter(k -> k.metadata().equals(name)).isPresent();
                if (OURS.matcher(name).matches() && !current) Home.remove(old);
            }
        }
    }
}
