package dev.sobre.tls.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What a server's first messages give away as they go by: the group of the key exchange and whether
 * a session was resumed. The engines keep both to themselves.
 */
public final class ServerFlight {
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int SERVER_HELLO_DONE = 14;

    /** A post-quantum key share has 1.2 KiB. */
    private static final int HELLO_LIMIT = 8 * 1024;

    private final byte[] header = new byte[5];
    private int headerLength;
    private int recordLeft;
    private final byte[] messageHeader = new byte[4];
    private int messageHeaderLength;
    private int messageLeft;
    private byte[] body = new byte[0];
    private int bodyLength;

    private boolean done;
    private Optional<ServerHello> hello = Optional.empty();
    private Optional<Integer> curve = Optional.empty();
    private boolean certificate;
    private boolean asks;
    private boolean resumed;

    /** Looks at bytes that go from the server to the client; takes nothing out of them. */
    public void see(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (!done && at < bytes.writerIndex()) at += step(bytes, at);
    }

    /** True once there is nothing more to learn. */
    public boolean done() {
        return done;
    }

    /** The group by its number, where the handshake used one. */
    public Optional<Integer> group() {
        return curve.or(() -> hello.flatMap(ServerHello::group));
    }

    public boolean resumed() {
        return resumed;
    }

    /** Whether the server asked for a certificate; TLS 1.3 does so encrypted. */
    public boolean asksForCertificate() {
        return asks;
    }

    /** Takes in at least one byte; returns how many. */
    private int step(ByteBuf bytes, int at) {
        if (recordLeft == 0) {
            header[headerLength++] = bytes.getByte(at);
            if (headerLength == header.length) startRecord();
            return 1;
        }
        int here = Math.min(recordLeft, bytes.writerIndex() - at);
        int taken = header[0] == 22 ? handshake(bytes, at, here) : here;
        recordLeft -= taken;
        return taken;
    }

    private void startRecord() {
        headerLength = 0;
        recordLeft = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
        boolean afterHello = hello.isPresent() && hello.get().version() != Numbers.TLS_1_3;
        if (header[0] == 20 && afterHello) {
            // RFC 5246 §7.3: in the short handshake no certificate comes ahead of ChangeCipherSpec.
            resumed = !certificate;
            done = true;
        }
        if (header[0] != 20 && header[0] != 22) done = true; // an alert, or no TLS at all
    }

    private int handshake(ByteBuf bytes, int at, int here) {
        if (messageLeft == 0) {
            messageHeader[messageHeaderLength++] = bytes.getByte(at);
            if (messageHeaderLength == messageHeader.length) startMessage();
            return 1;
        }
        int taken = Math.min(messageLeft, here);
        int kept = Math.min(taken, body.length - bodyLength);
        bytes.getBytes(at, body, bodyLength, kept);
        bodyLength += kept;
        messageLeft -= taken;
        if (messageLeft == 0) endMessage();
        return taken;
    }

    private void startMessage() {
        messageHeaderLength = 0;
        messageLeft =
                (messageHeader[1] & 0xFF) << 16
                        | (messageHeader[2] & 0xFF) << 8
                        | (messageHeader[3] & 0xFF);
        int keep =
                switch (messageHeader[0]) {
                    case SERVER_HELLO -> Math.min(messageLeft, HELLO_LIMIT);
                    case SERVER_KEY_EXCHANGE -> Math.min(messageLeft, 3);
                    default -> 0;
                };
        body = new byte[keep];
        bodyLength = 0;
        if (messageLeft == 0) endMessage();
    }

    private void endMessage() {
        switch (messageHeader[0]) {
            case SERVER_HELLO -> serverHello();
            case CERTIFICATE -> certificate = true;
            case SERVER_KEY_EXCHANGE -> keyExchange();
            case CERTIFICATE_REQUEST -> asks = true;
            case SERVER_HELLO_DONE -> done = true;
            default -> {} // tickets, certificate status and the like
        }
    }

    private void serverHello() {
        try {
            var said = ServerHello.parse(new Octets(body, 0, bodyLength));
            hello = Optional.of(said);
            if (said.version() == Numbers.TLS_1_3 && !said.retry()) {
                resumed = said.preSharedKey();
                done = true; // all that follows is encrypted
            }
        } catch (BadHello e) {
            done = true; // the engine will complain; there is nothing to observe
        }
    }

    private void keyExchange() {
        // RFC 8422 §5.4: named_curve, then its number.
        if (bodyLength == 3 && body[0] == 3) {
            curve = Optional.of((body[1] & 0xFF) << 8 | (body[2] & 0xFF));
        }
    }
}
