package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.Cursor;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where bodies lie. A body is named by its first place for ever; one that was moved has an entry
 * that says where it lies now, which is asked for only when its first segment is not there any
 * more.
 */
final class Places {

    private static final int KEPT = 4096;

    private final Engine engine;
    private final Segments segments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BlobRef, BlobRef> moved =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<BlobRef, BlobRef> eldest) {
                    return size() > KEPT;
                }
            };

    Places(Engine engine, Segments segments) {
        this.engine = engine;
        this.segments = segments;
    }

    /** Opens a body, wherever it lies. */
    BlobReader open(BlobRef body) {
        BlobRef place = remembered(body);
        Optional<Segment> segment = acquire(place);
        while (segment.isEmpty()) {
            BlobRef now = decode(body, engine.get(Keys.moved(body)));
            if (now.equals(place)) {
                throw new StoreException(Reason.DAMAGED, "a stored message is missing");
            }
            place = now; // it may be moved again before it is opened
            segment = acquire(place);
        }
        if (!place.equals(body)) remember(body, place);
        return new SegmentBody(engine.readers(), segments, segment.get(), place);
    }

    private Optional<Segment> acquire(BlobRef place) {
        var open = segments.acquireOpen(place.place());
        return open.isPresent() ? open : engine.away(() -> segments.acquire(place.place()));
    }

    /** Copies what there is of some messages' bodies, damaged as they are, to new files. */
    void save(Cursor<Message> messages, MailboxId mailbox, Path directory) {
        try (messages) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                save(next.get().body(), directory.resolve(remains(mailbox, next.get().uid())));
            }
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "damaged messages can't be kept", e);
        }
    }

    /** The file that has what there is of a damaged message. */
    static String remains(MailboxId mailbox, long uid) {
        return mailbox.account().value() + "-" + mailbox.number() + "-" + uid + ".damaged";
    }

    private void save(BlobRef body, Path to) throws IOException {
        BlobRef place = engine.read(reads -> now(reads, body));
        Path file = segments.find(place.place());
        if (!Files.exists(file)) return;
        Path directory = Files.createDirectories(to.resolveSibling("."));
        SegmentCopy.keep(file, place.offset(), place.length(), to);
        Home.syncDirectory(directory);
    }

    /** Where a body lies now. */
    static BlobRef now(Reads reads, BlobRef body) {
        return decode(body, reads.get(Keys.moved(body)));
    }

    /** Where a body lies by its entry; in its first place when it has none. */
    static BlobRef decode(BlobRef body, Optional<byte[]> entry) {
        if (entry.isEmpty()) return body;
        var in = new ByteReader(entry.get());
        return new BlobRef(in.count(), in.count(), body.length());
    }

    static byte[] encode(BlobRef place) {
        return new ByteWriter(12).count(place.place()).count(place.offset()).done();
    }

    private BlobRef remembered(BlobRef body) {
        lock.lock();
        try {
            return moved.getOrDefault(body, body);
        } finally {
            lock.unlock();
        }
    }

    private void remember(BlobRef body, BlobRef place) {
        lock.lock();
        try {
            moved.put(body, place);
        } finally {
            lock.unlock();
        }
    }
}
