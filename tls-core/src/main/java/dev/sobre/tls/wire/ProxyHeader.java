package dev.sobre.tls.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What a proxy says ahead of a connection that it passes on: HAProxy's PROXY protocol, version 2.
 *
 * @param client whom it speaks for; empty where it speaks for itself (LOCAL) or does not know
 * @param length the header's octets
 */
public record ProxyHeader(Optional<InetSocketAddress> client, int length) {
    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final int FIXED = 16;

    /** Addresses take 216 octets at most; the rest are additions, which we skip. */
    static final int LIMIT = 2048;

    /**
     * Reads a header at the start of a buffer; takes nothing out of it.
     *
     * @return the header once it is whole
     */
    public static Optional<ProxyHeader> read(ByteBuf all) throws BadProxyHeader {
        int at = all.readerIndex();
        int here = all.readableBytes();
        for (int i = 0; i < Math.min(here, SIGNATURE.length); i++) {
            if (all.getByte(at + i) != SIGNATURE[i]) throw noHeader(all);
        }
        if (here < FIXED) return Optional.empty();
        int length = FIXED + all.getUnsignedShort(at + 14);
        if (length > LIMIT)
            throw new BadProxyHeader("the PROXY header announces " + length + " octets");
        Family family = Family.of(all.getUnsignedByte(at + 13));
        boolean passedOn = command(all.getUnsignedByte(at + 12));
        if (passedOn && length < FIXED + family.size) {
            throw new BadProxyHeader("the PROXY header is too short for its addresses");
        }
        if (here < length) return Optional.empty();
        return Optional.of(
                new ProxyHeader(
                        passedOn ? family.client(all, at + FIXED) : Optional.empty(), length));
    }

    /** Whether the connection is passed on; otherwise it is the proxy's own, such as a check. */
    private static boolean command(int octet) throws BadProxyHeader {
        return switch (octet) {
            case 0x20 -> false;
            case 0x21 -> true;
            default ->
                    throw new BadProxyHeader(
                            "the PROXY header has the unknown version and command " + octet);
        };
    }

    private static BadProxyHeader noHeader(ByteBuf all) {
        boolean one = all.getByte(all.readerIndex()) == 'P';
        return new BadProxyHeader(
                one
                        ? "the proxy sent a PROXY header of version 1"
                        : "the proxy sent no PROXY header");
    }

    private enum Family {
        UNKNOWN(0, 0),
        IPV4(12, 4),
        IPV6(36, 16),
        /** A client of a Unix socket, which has no address to tell. */
        UNIX(216, 0);

        private final int size;
        private final int address;

        Family(int size, int address) {
            this.size = size;
            this.address = address;
        }

        static Family of(int octet) throws BadProxyHeader {
            return switch (octet) {
                case 0x00 -> UNKNOWN;
                case 0x11 -> IPV4;
                case 0x21 -> IPV6;
                case 0x31 -> UNIX;
                default ->
                        throw new BadProxyHeader(
                                "the PROXY header has the address family " + octet);
            };
        }

        Optional<InetSocketAddress> client(ByteBuf all, int at) {
            if (address == 0) return Optional.empty();
            byte[] octets = new byte[address];
            all.getBytes(at, octets);
            try {
                int port = all.getUnsignedShort(at + 2 * address);
                return Optional.of(new InetSocketAddress(InetAddress.getByAddress(octets), port));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address of " + address + " octets", e);
            }
        }
    }
}
