package dev.sobre.tls.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A TLS structure's bytes, read once from front to back. RFC 8446 §3. */
public final class Octets {
    private final byte[] bytes;
    private final int end;
    private int at;

    public Octets(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public Octets(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    public int left() {
        return end - at;
    }

    public int u8() throws BadHello {
        need(1);
        return bytes[at++] & 0xFF;
    }

    public int u16() throws BadHello {
        need(2);
        int value = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        at += 2;
        return value;
    }

    public int u24() throws BadHello {
        return u8() << 16 | u16();
    }

    public long u32() throws BadHello {
        return (long) u16() << 16 | u16();
    }

    public void skip(int count) throws BadHello {
        need(count);
        at += count;
    }

    /** A vector with one length byte. */
    public Octets vector8() throws BadHello {
        return part(u8());
    }

    /** A vector with two length bytes. */
    public Octets vector16() throws BadHello {
        return part(u16());
    }

    /** A vector with three length bytes. */
    public Octets vector24() throws BadHello {
        return part(u24());
    }

    public byte[] bytes(int count) throws BadHello {
        need(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** All that is left, as bytes. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    /** All that is left, as 16-bit numbers. */
    public List<Integer> numbers() throws BadHello {
        if (left() % 2 != 0) throw BadHello.malformed("a list of 16-bit numbers has an odd length");
        var all = new ArrayList<Integer>(left() / 2);
        while (left() > 0) all.add(u16());
        return all;
    }

    /** All that is left, as characters; bytes above 127 stay visible as such. */
    public String text() {
        var text = new String(bytes, at, left(), StandardCharsets.ISO_8859_1);
        at = end;
        return text;
    }

    public boolean startsWith(byte[] prefix) {
        if (left() < prefix.length) return false;
        return Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
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
