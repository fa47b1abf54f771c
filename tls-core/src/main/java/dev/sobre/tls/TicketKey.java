package dev.sobre.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** One key of the ring under which session tickets are sealed. RFC 5077 §4. */
final class TicketKey {
    /** Name, MAC key and cipher key have 16 bytes each. */
    private static final int PART = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Instant made;
    private final byte[] bytes;

    private TicketKey(Instant made, byte[] bytes) {
        this.made = made;
        this.bytes = bytes;
    }

    static TicketKey make(Instant now) {
        byte[] bytes = new byte[3 * PART];
        RANDOM.nextBytes(bytes);
        return new TicketKey(now, bytes);
    }

    /** Reads what {@link #line} wrote. */
    static TicketKey parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 2) throw new IllegalArgumentException("a key has two words");
        byte[] bytes = HexFormat.of().parseHex(words[1]);
        if (bytes.length != 3 * PART) throw new IllegalArgumentException("a key has 48 bytes");
        return new TicketKey(Instant.ofEpochSecond(Long.parseLong(words[0])), bytes);
    }

    String line() {
        return made.getEpochSecond() + " " + HexFormat.of().formatHex(bytes);
    }

    Instant made() {
        return made;
    }

    OpenSslSessionTicketKey forBoringSsl() {
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(bytes, 0, PART),
                Arrays.copyOfRange(bytes, PART, 2 * PART),
                Arrays.copyOfRange(bytes, 2 * PART, 3 * PART));
    }
}
