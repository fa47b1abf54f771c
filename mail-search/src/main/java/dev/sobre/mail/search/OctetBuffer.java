package dev.sobre.mail.search;

import java.util.Arrays;

/** Folded octets in memory, up to a limit; what is beyond is left out, and known to be. */
final class OctetBuffer implements Folding.Sink {

    private byte[] octets = new byte[256];
    private int length;
    private int limit;
    private boolean cut;

    OctetBuffer(int limit) {
        this.limit = limit;
    }

    @Override
    public void put(byte octet) {
        if (length >= limit) {
            cut = true;
            return;
        }
        if (length == octets.length) octets = Arrays.copyOf(octets, length * 2);
        octets[length++] = octet;
    }

    @Override
    public boolean isFull() {
        return cut;
    }

    void limit(int octets) {
        limit = octets;
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, length);
    }
}
