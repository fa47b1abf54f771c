package dev.sobre.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/** One key of the ring under which session tickets are sealed. RFC 5077 §4. */
final class TicketKey {
    /** Name, MAC key and cipher key have 16 bytes each. */
    private static final int PART = 16;

    static final int SIZE = 3 * PART;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Instant from;
    private final byte[] bytes;

    private TicketKey(Instant from, byte[] bytes) {
        this.from = from;
        this.bytes = bytes;
    }

    static TicketKey make(Instant from) {
        byte[] bytes = new byte[SIZE];
        RANDOM.nextBytes(bytes);
        // What a file can keep, so that it is the same key when it is read.
        return new TicketKey(from.truncatedTo(ChronoUnit.SECONDS), bytes);
    }

    static TicketKey of(Instant from, byte[] bytes) {
        if (bytes.length != SIZE) throw new IllegalArgumentException("a key has 48 bytes");
        return new TicketKey(from, bytes);
    }

    /** Reads what {@link #line} wrote. */
    static TicketKey parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 2) throw new IllegalArgumentException("a key has two words");
        return of(
                Instant.ofEpochSecond(Long.parseLong(words[0])), HexFormat.of().parseHex(words[1]));
    }

    String line() {
        return from.getEpochSecond() + " " + HexFormat.of().formatHex(bytes);
    }

    /** When it begins to seal. */
    Instant from() {
        return from;
    }

    /** What every ticket shows in the clear; short, for people. */
    String name() {
        return HexFormat.of().formatHex(bytes, 0, 4);
    }

    OpenSslSessionTicketKey forBoringSsl() {
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(bytes, 0, PART),
                Arrays.copyOfRange(bytes, PART, 2 * PART),
                Arrays.copyOfRange(bytes, 2 * PART, 3 * PART));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketKey key
                && key.from.equals(from)
                && MessageDigest.isEqual(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return from.hashCode();
    }
}
