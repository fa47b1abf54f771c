package dev.sobre.mail.memory;

import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.memory.MemoryMailbox.Arrival;
import dev.sobre.mail.mime.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The bodies of one call, held until the call is over and messages hold them, or none does. */
final class Arriving implements AutoCloseable {

    private final Bodies bodies;
    private final List<BlobRef> held = new ArrayList<>();

    Arriving(Bodies bodies) {
        this.bodies = bodies;
    }

    Arrival read(BlobSource source, EmailId id, Flags flags, Instant date) {
        BlobRef body = bodies.keep(source);
        held.add(body);
        try (BlobReader reader = bodies.open(body)) {
            var digest = Aside.shared().runOn(source.length(), () -> Digest.of(reader));
            return Arrival.of(flags, date, body, id, digest);
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the message could not be read", e);
        }
    }

    @Override
    public void close() {
        held.forEach(bodies::release);
    }
}
