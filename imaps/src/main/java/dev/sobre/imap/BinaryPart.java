package dev.sobre.imap;

import dev.sobre.imap.FetchItem.Partial;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.mime.DecodedOctets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A part of a message without its transfer encoding. RFC 3516 §4.2. It is decoded twice, once to
 * know how long it is, so that it need not be held.
 *
 * @param place of its encoded octets
 */
record BinaryPart(MessageBody body, SectionPlace.Range place, String encoding) {

    /** Whether we can undo the encoding. */
    boolean isKnown() {
        return DecodedOctets.knows(encoding);
    }

    /** The decoded length in octets. */
    long size() {
        return measure(Long.MAX_VALUE).octets;
    }

    void write(Optional<Partial> partial, ImapWriter out) throws IOException {
        long from = partial.map(Partial::from).orElse(0L);
        long most = partial.map(Partial::count).orElse(Long.MAX_VALUE - from);
        var all = measure(from + most);
        long skipped = Math.min(from, all.octets);
        try (InputStream in = stream()) {
            in.skipNBytes(skipped);
            out.literal(in, all.octets - skipped, all.nul);
        }
    }

    /** How many octets there are, and whether a NUL is among them, which a literal can't hold. */
    private record Measure(long octets, boolean nul) {}

    private Measure measure(long most) {
        byte[] some = new byte[8192];
        long octets = 0;
        boolean nul = false;
        try (InputStream in = stream()) {
            while (octets < most) {
                int read = in.read(some, 0, (int) Math.min(some.length, most - octets));
                if (read < 0) break;
                octets += read;
                for (int i = 0; i < read; i++) nul |= some[i] == 0;
            }
            return new Measure(octets, nul);
        } catch (IOException e) {
            throw new StoreException(StoreException.Reason.DAMAGED, "the message can't be read", e);
        }
    }

    private InputStream stream() {
        return DecodedOctets.of(body.open(), place.offset(), place.length(), encoding);
    }
}
