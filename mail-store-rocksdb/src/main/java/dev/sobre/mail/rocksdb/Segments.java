package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** The directory of segments: gives out numbers, opens segments for readers and closes them. */
final class Segments implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("(\\d{8,18})\\.seg");
    private static final int IDLE = 64; // segments kept open though nobody reads them

    final Path directory;
    private final AtomicLong last;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Segment> open = new LinkedHashMap<>(16, 0.75f, true);

    Segments(Path directory) throws IOException {
        this.directory = directory;
        this.last = new AtomicLong(newestFirst().stream().findFirst().orElse(0L));
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

    /** The numbers of the segments that are there, newest first. */
    List<Long> newestFirst() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*.seg")) {
            for (Path file : files) numbers.add(number(file));
        }
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }

    Path file(long number) {
        return directory.resolve("%08d.seg".formatted(number));
    }

    /** Opens a segment for one reader, who gives it back with {@link #release}. */
    Segment acquire(long number) {
        lock.lock();
        try {
            var segment = open.get(number);
            if (segment == null) {
                segment = Segment.open(number, file(number));
                open.put(number, segment);
            }
            segment.readers++;
            closeIdle(IDLE);
            return segment;
        } catch (NoSuchFileException e) {
            throw new StoreException(Reason.DAMAGED, "a stored message is missing", e);
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "a stored message can't be read now", e);
        } finally {
            lock.unlock();
        }
    }

    void release(Segment segment) {
        lock.lock();
        try {
            segment.readers--;
        } finally {
            lock.unlock();
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
