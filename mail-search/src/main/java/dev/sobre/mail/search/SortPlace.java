package dev.sobre.mail.search;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The place of a message in an order: octets that compare, as unsigned ones, as the messages do.
 * They end with the UID, so that no two messages have one place (RFC 5256 §3: the implicit
 * criterion).
 */
public final class SortPlace implements Comparable<SortPlace> {

    private final byte[] octets;

    SortPlace(byte[] octets) {
        this.octets = octets;
    }

    public long uid() {
        return ByteBuffer.wrap(octets).getInt(octets.length - Integer.BYTES) & 0xFFFF_FFFFL;
    }

    int length() {
        return octets.length;
    }

    @Override
    public int compareTo(SortPlace other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SortPlace p && Arrays.equals(p.octets, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }
}
