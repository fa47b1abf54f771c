package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whose bodies are damaged and which are counted wrongly, once it is known in which segments
 * to look for them: reads all message records again for some segments at a time.
 */
final class CheckReferences {

    private static final Logger LOG = LoggerFactory.getLogger(CheckReferences.class);
    private static final int AT_ONCE = 256; // segments

    private final Segments segments;
    private final Reads reads;
    private final Report report;
    private final Entries entries;
    private final Suspects suspects;
    private final Map<BlobRef, Boolean> readable = new HashMap<>();

    CheckReferences(
            Segments segments, Reads reads, Report report, Entries entries, Suspects suspects) {
        this.segments = segments;
        this.reads = reads;
        this.report = report;
        this.entries = entries;
        this.suspects = suspects;
    }

    void run(Set<Long> unequal) {
        var all = new TreeSet<>(unequal);
        all.addAll(suspects.segments());
        while (!all.isEmpty()) {
            var some = new TreeSet<Long>();
            while (some.size() < AT_ONCE && !all.isEmpty()) some.add(all.removeFirst());
            look(some);
        }
    }

    private void look(Set<Long> some) {
        Map<BlobRef, Long> referred = new HashMap<>(); // by place and offset
        reads.scan(
                Keys.prefix(Keys.MESSAGE),
                (key, value) -> {
                    entries.decode(() -> MessageRecord.body(value))
                            .filter(body -> some.contains(body.place()))
                            .ifPresent(body -> message(key, body, referred));
                    return true;
                });
        reads.scan(
                Keys.prefix(Keys.SPOOLED),
                (key, value) -> {
                    spooled(key, value)
                            .filter(entry -> some.contains(entry.body().place()))
                            .ifPresent(entry -> waiting(entry, referred));
                    return true;
                });
        for (long segment : some) compare(segment, referred);
    }

    private Optional<Spooled> spooled(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var mail = new DeliveryId(in.i64(), in.i64());
        int number = in.i32();
        return entries.decode(() -> Spooled.decode(mail, number, value));
    }

    private static void count(BlobRef body, Map<BlobRef, Long> referred) {
        referred.merge(new BlobRef(body.place(), body.offset(), 0), 1L, Long::sum);
    }

    private void message(byte[] key, BlobRef body, Map<BlobRef, Long> referred) {
        count(body, referred);
        if (!suspects.has(body.place(), body.offset())) return;
        var in = new ByteReader(key, 1);
        var mailbox = new MailboxId(new AccountId(in.i64()), in.i64());
        boolean whole = readable.computeIfAbsent(body, this::isReadable);
        if (!whole && reads.has(Keys.of(Keys.GONE, mailbox))) return; // nobody will miss it
        report.message(
                whole ? Kind.RECORD : Kind.BODY,
                reads,
                mailbox,
                in.i64(),
                whole
                        ? "it can be read, but what lies around it in its segment is damaged"
                        : "its text is damaged or lost: " + place(body));
    }

    private void waiting(Spooled entry, Map<BlobRef, Long> referred) {
        BlobRef body = entry.body();
        count(body, referred);
        if (!suspects.has(body.place(), body.offset())) return;
        boolean whole = readable.computeIfAbsent(body, this::isReadable);
        report.store(
                whole ? Kind.RECORD : Kind.BODY,
                "mail to %s that waits in the spool is damaged: %s"
                        .formatted(entry.entry().recipient(), place(body)));
    }

    private String place(BlobRef body) {
        BlobRef now = entries.decode(() -> Places.now(reads, body)).orElse(body);
        return segments.find(now.place()).getFileName() + " at octet " + now.offset();
    }

    private boolean isReadable(BlobRef body) {
        try {
            BlobRef place = Places.now(reads, body);
            var segment = segments.acquire(place.place());
            if (segment.isEmpty()) return false;
            try (var open = new SegmentBody(Aside.shared(), segments, segment.get(), place)) {
                return readAll(open);
            }
        } catch (IOException | StoreException e) {
            LOG.debug("a damaged body", e);
            return false;
        }
    }

    private static boolean readAll(BlobReader body) throws IOException {
        var block = ByteBuffer.allocate(SegmentFormat.BLOCK);
        for (long at = 0; at < body.length(); at += block.position()) {
            if (body.read(at, block.clear()) <= 0) return false;
        }
        return true;
    }

    private void compare(long segment, Map<BlobRef, Long> referred) {
        Map<Long, Long> here = new TreeMap<>();
        referred.forEach(
                (body, count) -> {
                    if (body.place() == segment) here.put(body.offset(), count);
                });
        reads.scan(
                Keys.segment(Keys.BLOB, segment),
                (key, value) -> {
                    long offset = Keys.last(key);
                    long referring = here.getOrDefault(offset, 0L);
                    here.remove(offset);
                    var counted = entries.decode(() -> Counters.decode(Optional.of(value)));
                    if (!counted.equals(Optional.of(referring))) {
                        wrong(segment, offset, counted.map(String::valueOf).orElse("?"), referring);
                    }
                    return true;
                });
        here.forEach((offset, referring) -> wrong(segment, offset, "0", referring));
    }

    private void wrong(long segment, long offset, String counted, long referring) {
        report.file(
                Kind.REFERENCES,
                segments.find(segment),
                "the body at octet %d is counted as referred to %s times, and is %d times"
                        .formatted(offset, counted, referring));
    }
}
