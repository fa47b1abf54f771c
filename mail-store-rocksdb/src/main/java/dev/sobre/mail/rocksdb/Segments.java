package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Aside;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of segments: gives out numbers, opens segments for readers and closes them. A file
 * that is written before the commit that refers to it waits among the incoming ones, so that what
 * is here was referred to.
 */
final class Segments implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    private static final Pattern NAME = Pattern.compile("(\\d{8,18})\\.seg");
    private static final int IDLE = 64; // segments kept open though nobody reads them

    final Path directory;
    final LogEnd end;
    private final Path incoming;
    private final AtomicLong last;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Segment> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Long> offered = ConcurrentHashMap.newKeySet(); // and of no commit yet
    private final Set<Long> arrived = ConcurrentHashMap.newKeySet(); // of a commit, and still there
    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();
    private final Map<Long, Runnable> retired = new HashMap<>(); // and what is to be done then

    Segments(Home home) throws IOException {
        this.directory = home.segments;
        this.incoming = home.incoming;
        this.end = new LogEnd(home.root);
        this.last = new AtomicLong();
        newestFirst().forEach(this::startAfter);
        waiting().forEach(this::startAfter);
    }

    /** The number of a segment by its file name; 0 when it is none. */
    static long number(Path file) {
        var matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** A number that no segment had before. */
    long newNumber() {
        return last.incrementAndGet();
    }

    /** The highest number that was given out. */
    long last() {
        return last.get();
    }

    /** Gives out no number up to one that was given out before. */
    void startAfter(long number) {
        last.accumulateAndGet(number, Math::max);
    }

    /** Makes a whole and synced file ready for the commit that refers to it. */
    void offer(Path file, long number) throws IOException {
        moving.readLock().lock();
        try {
            Files.move(file, waiting(number), StandardCopyOption.ATOMIC_MOVE);
            Home.syncDirectory(incoming);
        } finally {
            moving.readLock().unlock();
        }
        offered.add(number);
    }

    /** Removes a segment to which no commit will refer. */
    void withdraw(long number) {
        if (!offered.remove(number)) return;
        try {
            Aside.shared().run(() -> Files.deleteIfExists(waiting(number)));
        } catch (IOException e) {
            LOG.warn("segment {} is not needed but stays until the next start", number, e);
        }
    }

    /** Takes note that a durable commit of earlier refers to a segment that waits. */
    void arrived(long number) {
        offered.remove(number);
        arrived.add(number);
    }

    /** Takes note that a commit, durable now, refers to segments; says whether some are to move. */
    boolean committed(Collection<Long> numbers) {
        for (long number : numbers) if (offered.remove(number)) arrived.add(number);
        return !arrived.isEmpty();
    }

    /** The numbers of the files that wait, also those of an earlier process. */
    List<Long> waiting() throws IOException {
        return numbers(incoming);
    }

    /**
     * Moves the segments here that durable commits refer to. Nobody syncs the directory that they
     * leave before the one that they come to, or the power could go when they are in neither.
     */
    void takeIn() throws IOException {
        if (arrived.isEmpty()) return;
        moving.writeLock().lock();
        try {
            for (long number : List.copyOf(arrived)) {
                Path waiting = waiting(number);
                if (Files.exists(waiting)) {
                    Files.move(waiting, file(number), StandardCopyOption.ATOMIC_MOVE);
                }
                arrived.remove(number);
            }
            Home.syncDirectory(directory);
        } finally {
            moving.writeLock().unlock();
        }
    }

    /** The numbers of the segments that are there, newest first. */
    List<Long> newestFirst() throws IOException {
        return numbers(directory);
    }

    private static List<Long> numbers(Path directory) throws IOException {
        List<Long> numbers = new ArrayList<>();
        if (!Files.isDirectory(directory)) return numbers;
        try (var files = Files.newDirectoryStream(directory, "*.seg")) {
            for (Path file : files) numbers.add(number(file));
        }
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }

    Path file(long number) {
        return directory.resolve(name(number));
    }

    private Path waiting(long number) {
        return incoming.resolve(name(number));
    }

    static String name(long number) {
        return "%08d.seg".formatted(number);
    }

    /**
     * Opens a segment for one reader, who gives it back with {@link #release}. Empty when it is not
     * here (any more).
     */
    Optional<Segment> acquire(long number) {
        lock.lock();
        try {
            if (retired.containsKey(number)) return Optional.empty();
            var segment = open.get(number);
            if (segment == null) {
                segment = Segment.open(number, () -> find(number));
                open.put(number, segment);
            }
            segment.readers++;
            closeIdle(IDLE);
            return Optional.of(segment);
        } catch (NoSuchFileException e) {
            LOG.debug("segment {} is not here", number, e);
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "a stored message can't be read now", e);
        } finally {
            lock.unlock();
        }
    }

    /** The same of a segment that is open already, which waits for no disk. */
    Optional<Segment> acquireOpen(long number) {
        lock.lock();
        try {
            var segment = Optional.ofNullable(open.get(number));
            if (retired.containsKey(number)) return Optional.empty();
            segment.ifPresent(s -> s.readers++);
            return segment;
        } finally {
            lock.unlock();
        }
    }

    /** Where a segment lies: here, or where it was offered. */
    Path find(long number) {
        Path here = file(number);
        if (Files.exists(here)) return here;
        Path waiting = waiting(number);
        return Files.exists(waiting) ? waiting : here; // it may have moved in between
    }

    /** Opens a segment's file to be walked, wherever it lies. */
    SegmentScan scan(long number) throws IOException {
        return new SegmentScan(find(number), end.secret(number));
    }

    /** The same where it may be damaged. */
    SegmentWalk walk(long number) throws IOException {
        return new SegmentWalk(scan(number));
    }

    void release(Segment segment) {
        lock.lock();
        try {
            segment.readers--;
            endIfUnread(segment.number);
        } finally {
            lock.unlock();
        }
    }

    /** Opens a segment for nobody any more; {@code then} runs once its last reader has gone. */
    void retire(long number, Runnable then) {
        lock.lock();
        try {
            retired.put(number, then);
            endIfUnread(number);
        } finally {
            lock.unlock();
        }
    }

    private void endIfUnread(long number) {
        var then = retired.get(number);
        var segment = open.get(number);
        if (then == null || (segment != null && segment.readers > 0)) return;
        if (segment != null) {
            open.remove(number);
            segment.close();
        }
        then.run(); // once: no reader comes any more
    }

    /** Removes the file of a segment that was retired and is read by nobody. */
    void remove(long number) throws IOException {
        Files.deleteIfExists(file(number));
        Files.deleteIfExists(waiting(number));
        Home.syncDirectory(directory);
        lock.lock();
        try {
            retired.remove(number);
        } finally {
            lock.unlock();
        }
    }

    /** The length of a segment's file; 0 when it is not there. */
    long octets(long number) {
        try {
            return Files.size(find(number));
        } catch (IOException e) {
            LOG.debug("segment {} has no length", number, e);
            return 0;
        }
    }

    private void closeIdle(int keep) {
        int surplus = open.size() - keep;
        for (Iterator<Segment> all = open.values().iterator(); surplus > 0 && all.hasNext(); ) {
            var segment = all.next();
            if (segment.readers > 0) continue;
            all.remove();
            segment.close();
            surplus--;
        }
    }

    /** Closes what nobody reads; readers that are left find their segment closed. */
    @Override
    public void close() {
        lock.lock();
        try {
            open.values().forEach(Segment::close);
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
