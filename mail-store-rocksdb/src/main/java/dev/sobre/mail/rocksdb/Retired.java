package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments that nothing refers to and nobody reads: their files are to be removed. */
final class Retired {

    private static final Logger LOG = LoggerFactory.getLogger(Retired.class);

    private final Segments segments;
    private final CommitQueue queue;
    private final Queue<Long> unread = new ConcurrentLinkedQueue<>();

    Retired(Segments segments, CommitQueue queue) {
        this.segments = segments;
        this.queue = queue;
    }

    /** Takes up those that an earlier process left. */
    void load(Engine engine) {
        engine.read(
                reads -> {
                    reads.scan(Keys.prefix(Keys.RETIRED), (key, _) -> unread.add(Keys.last(key)));
                    return unread;
                });
    }

    /** The last reader of one has gone; on any thread. */
    void isUnread(long segment) {
        unread.add(segment);
    }

    /** Removes the files. One that can't be now is by the next process. */
    void remove() {
        for (Long next = unread.poll(); next != null; next = unread.poll()) remove(next);
    }

    private void remove(long segment) {
        try {
            segments.remove(segment);
            queue.add(
                    group -> {
                        group.delete(Keys.segment(Keys.RETIRED, segment));
                        return segment;
                    });
        } catch (IOException e) {
            LOG.warn("segment {} is not needed but stays until the next start", segment, e);
        }
    }
}
