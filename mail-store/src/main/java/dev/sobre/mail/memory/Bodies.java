package dev.sobre.mail.memory;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The bodies of a store in memory, each kept while a message or a spool entry holds it. */
final class Bodies {

    private record Body(ByteBuffer octets, int holders) {}

    private final Map<Long, Body> bodies = new ConcurrentHashMap<>();
    private final AtomicLong lastPlace = new AtomicLong();

    /** Copies a body in; the caller is its first holder. */
    BlobRef keep(BlobSource source) {
        if (source.length() > Integer.MAX_VALUE - 8) {
            throw new StoreException(Reason.FULL, "the message is too large");
        }
        ByteBuffer octets = ByteBuffer.allocate((int) source.length());
        try (BlobReader reader = source.open()) {
            int read = 0;
            while (octets.hasRemaining() && read >= 0)
                read = reader.read(octets.position(), octets);
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the message could not be read", e);
        }
        if (octets.hasRemaining()) {
            throw new StoreException(Reason.UNAVAILABLE, "the message ended too early");
        }
        octets.flip();
        long place = lastPlace.incrementAndGet();
        bodies.put(place, new Body(octets.asReadOnlyBuffer(), 1));
        return new BlobRef(place, 0, octets.limit());
    }

    BlobReader open(BlobRef ref) {
        Body body = bodies.get(ref.place());
        if (body == null) throw new StoreException(Reason.MISSING, "the message is gone");
        return BlobReader.of(body.octets);
    }

    /** Adds a holder to a body that has one. */
    void hold(BlobRef ref) {
        bodies.computeIfPresent(ref.place(), (place, b) -> new Body(b.octets, b.holders + 1));
    }

    /** Takes a holder away; the last one takes the body along. */
    void release(BlobRef ref) {
        bodies.computeIfPresent(
                ref.place(),
                (place, b) -> b.holders == 1 ? null : new Body(b.octets, b.holders - 1));
    }

    int count() {
        return bodies.size();
    }
}
