package dev.sobre.tls.wire;

import dev.sobre.tls.wire.BadHello.Kind;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the ClientHello at the start of a connection, however it was split: into packets, or into
 * records (RFC 8446 §5.1). Takes nothing out of the buffer, so that the engine can read it again.
 */
public final class HelloReader {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    /** The longest hello: BoringSSL's own limit; one with two post-quantum shares has 4 KiB. */
    static final int MESSAGE_LIMIT = 16 * 1024;

    /** The most records that one hello may come in. */
    static final int RECORD_LIMIT = 64;

    private byte[] message = new byte[512];
    private int length;
    private int scanned;
    private int records;

    /**
     * Goes on reading where the last call stopped.
     *
     * @param all everything that came since the connection began; only ever grows
     * @return the hello once it is whole
     */
    public Optional<ClientHello> read(ByteBuf all) throws BadHello {
        if (scanned == 0) FirstBytes.check(all);
        while (!complete()) {
            int at = all.readerIndex() + scanned;
            int left = all.writerIndex() - at;
            if (left < RECORD_HEADER) return Optional.empty();
            int size = recordSize(all, at);
            checkAnnounced(all, at, Math.min(size, left - RECORD_HEADER));
            if (left < RECORD_HEADER + size) return Optional.empty();
            append(all, at + RECORD_HEADER, size);
            scanned += RECORD_HEADER + size;
            if (++records > RECORD_LIMIT) {
                throw BadHello.malformed("the hello is cut into too many pieces");
            }
        }
        return Optional.of(
                ClientHello.parse(
                        new Octets(message, MESSAGE_HEADER, MESSAGE_HEADER + announced())));
    }

    private int recordSize(ByteBuf all, int at) throws BadHello {
        if (all.getUnsignedByte(at) != HANDSHAKE) {
            throw BadHello.malformed("a record of another kind comes in the middle of the hello");
        }
        if (all.getUnsignedByte(at + 1) != 3) {
            throw BadHello.malformed("the record has an unknown version");
        }
        int size = all.getUnsignedShort(at + 3);
        // RFC 8446 §5.1: no empty handshake records, none above 2^14.
        if (size == 0 || size > 16384) throw BadHello.malformed("a record has the length " + size);
        return size;
    }

    /** Refuses too long a hello as soon as it says so, before it is gathered. */
    private void checkAnnounced(ByteBuf all, int at, int here) throws BadHello {
        if (length > 0 || here < MESSAGE_HEADER) return;
        checkType(all.getByte(at + RECORD_HEADER));
        checkSize(all.getUnsignedMedium(at + RECORD_HEADER + 1));
    }

    private void append(ByteBuf all, int from, int size) throws BadHello {
        if (length + size > message.length) {
            int room = Math.max(message.length * 2, length + size);
            message = Arrays.copyOf(message, room);
        }
        all.getBytes(from, message, length, size);
        length += size;
        checkType(message[0]);
        if (length >= MESSAGE_HEADER) checkSize(announced());
    }

    private static void checkType(byte type) throws BadHello {
        if (type != CLIENT_HELLO) {
            throw BadHello.malformed("the first message is of type " + type + ", not a hello");
        }
    }

    private static void checkSize(int size) throws BadHello {
        if (size > MESSAGE_LIMIT) {
            throw new BadHello(Kind.OVERSIZED, "the hello announces " + size + " bytes");
        }
    }

    private boolean complete() {
        return length >= MESSAGE_HEADER && length >= MESSAGE_HEADER + announced();
    }

    private int announced() {
        return (message[1] & 0xFF) << 16 | (message[2] & 0xFF) << 8 | (message[3] & 0xFF);
    }
}
