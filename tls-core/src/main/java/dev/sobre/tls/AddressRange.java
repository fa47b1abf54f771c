package dev.sobre.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The addresses that share their first bits (RFC 4632), or whoever connects to a Unix socket.
 *
 * @param first an address of the range; empty for Unix sockets
 * @param bits how many of its bits all share
 */
public record AddressRange(Optional<InetAddress> first, int bits) {

    /** What {@link #of} reads, for messages. */
    public static final String ACCEPTED =
            "addresses and ranges such as \"192.0.2.7\", \"10.0.0.0/8\", \"fd00::/8\", and \"unix\""
                    + " for Unix sockets";

    /** The peers of Unix sockets. */
    public static final AddressRange UNIX = new AddressRange(Optional.empty(), 0);

    public AddressRange {
        int most = first.map(address -> address.getAddress().length * 8).orElse(0);
        if (bits < 0 || bits > most) throw new IllegalArgumentException("accepted: " + ACCEPTED);
    }

    /**
     * Reads an address, {@code address/bits} or {@code unix}.
     *
     * @throws IllegalArgumentException for all else
     */
    public static AddressRange of(String text) {
        if (text.equals("unix")) return UNIX;
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits =
                slash < 0
                        ? address.getAddress().length * 8
                        : Integer.parseInt(text.substring(slash + 1));
        return new AddressRange(Optional.of(address), bits);
    }

    /** Whether a peer is within. */
    boolean holds(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress tcp)) return first.isEmpty();
        return first.isPresent() && same(first.get().getAddress(), tcp.getAddress().getAddress());
    }

    private boolean same(byte[] a, byte[] b) {
        if (a.length != b.length) return false;
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
            if (((a[bit / 8] ^ b[bit / 8]) & mask) != 0) return false;
        }
        return true;
    }
}
