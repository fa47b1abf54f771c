package dev.sobre.tls;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What one customer of a network provider has: an IPv4 address or an IPv6 /64, within which he can
 * take any address he likes (RFC 4291 §2.5.4).
 *
 * @param six whether it is of IPv6
 * @param bits the address, or its first half
 */
record Prefix(boolean six, long bits) implements Comparable<Prefix> {

    static Prefix of(InetAddress address) {
        var octets = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new Prefix(false, octets.getInt())
                : new Prefix(true, octets.getLong());
    }

    /** Orders what collides in a hash table: the bits are the client's choice. */
    @Override
    public int compareTo(Prefix other) {
        int families = Boolean.compare(six, other.six);
        return families != 0 ? families : Long.compare(bits, other.bits);
    }
}
