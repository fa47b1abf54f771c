package dev.sobre.tls.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A TLS structure's bytes, read once from front to back. RFC 8446 §3. */
final class Octets {
    private final byte[] bytes;
    private final int end;
    private int at;

    Octets(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int left() {
        return end - at;
    }

    int u8() throws BadHello {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int u16() throws BadHello {
        need(2);
        int value = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        at += 2;
        return value;
    }

    void skip(int count) throws BadHello {
        need(count);
        at += count;
    }

    /** A vector with one length byte. */
    Octets vector8() throws BadHello {
        return part(u8());
    }

    /** A vector with two length bytes. */
    Octets vector16() throws BadHello {
        return part(u16());
    }

    /** All that is left, as 16-bit numbers. */
    List<Integer> numbers() throws BadHello {
        if (left() % 2 != 0) throw BadHello.malformed("a list of 16-bit numbers has an odd length");
        var all = new ArrayList<Integer>(left() / 2);
        while (left() > 0) all.add(u16());
        return all;
    }

    /** All that is left, as characters; bytes above 127 stay visible as such. */
    String text() {
        var text = new String(bytes, at, left(), StandardCharsets.ISO_8859_1);
        at = end;
        return text;
    }

    boolean startsWith(byte[] prefix) {
        if (left() < prefix.length) return false;
        return java.util.Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private Octets part(int length) throws BadHello {
        need(length);
        var part = new Octets(bytes, at, at + length);
        at += length;
        return part;
    }

    private void need(int count) throws BadHello {
        if (left() < count) throw BadHello.malformed("a length points past the end of the message");
    }
}
