package dev.sobre.smtp.relay;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.MimeParser;
import dev.sobre.smtp.dkim.BodyHash;
import dev.sobre.smtp.dkim.DkimSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The octets of a stored mail as another server gets them. */
final class Outgoing {

    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_HEADER = 256 * 1024;

    /** The store can't give the mail's octets. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(IOException cause) {
            super("the mail can't be read from the store: " + cause.getMessage(), cause);
        }
    }

    private final BlobReader body;
    private final long start;
    private byte[] signatures = {}; // fields that go before it

    Outgoing(BlobReader body) throws IOException {
        this.body = body;
        this.start = afterReturnPath();
    }

    /** The same, signed; a header that is too long to be held is not. */
    static Outgoing signed(BlobReader body, DkimSigner signer, Instant now) throws IOException {
        var mail = new Outgoing(body);
        if (!signer.keys().isEmpty()) mail.signatures = mail.signatures(signer, now);
        return mail;
    }

    private byte[] signatures(DkimSigner signer, Instant now) throws IOException {
        byte[] header = start(LONGEST_HEADER, true);
        if (header.length == LONGEST_HEADER) return signatures;
        var hash = new BodyHash();
        var chunk = ByteBuffer.allocate(CHUNK);
        long from = start + header.length + 2; // the empty line
        for (long at = from; at < body.length(); at += chunk.limit()) {
            if (read(at, chunk.clear()) == 0) break;
            hash.take(chunk.flip());
        }
        return signer.sign(header, hash.done(), now);
    }

    /** RFC 5321 §4.4: Return-Path is added by the server that delivers finally; we are not it. */
    private long afterReturnPath() throws IOException {
        var head = ByteBuffer.allocate(LONGEST_PATH);
        read(0, head);
        String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        boolean there = text.regionMatches(true, 0, "Return-Path:", 0, 12) && end > 0;
        return there ? end + 2 : 0;
    }

    long length() {
        return signatures.length + body.length() - start;
    }

    /** Whether any octet is beyond ASCII. */
    boolean has8bit() throws IOException {
        return has8bit(start, body.length());
    }

    /** Whether its header is beyond ASCII, or that of a part. RFC 6531 §3.2. */
    boolean hasHeaderBeyondAscii() throws IOException {
        return has8bit() && hasHeaderBeyondAscii(structure());
    }

    private boolean hasHeaderBeyondAscii(MimeEntity part) throws IOException {
        if (has8bit(Math.max(start, part.headerStart()), part.bodyStart())) return true;
        for (MimeEntity each : part.children()) if (hasHeaderBeyondAscii(each)) return true;
        return false;
    }

    private MimeEntity structure() throws Unreadable {
        try {
            return MimeParser.parse(body);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private boolean has8bit(long from, long to) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        for (long at = from; at < to; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK, to - at));
            if (read(at, chunk) == 0) return false;
            chunk.flip();
            for (int i = 0; i < chunk.limit(); i++) if (chunk.get(i) < 0) return true;
        }
        return false;
    }

    /** Its first octets, as many as there are; its header where that is shorter. */
    byte[] start(int most, boolean headerAlone) throws IOException {
        var octets = ByteBuffer.allocate((int) Math.min(most, body.length() - start));
        read(start, octets);
        String text = new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
        int end = headerAlone ? text.indexOf("\r\n\r\n") : -1;
        return (end < 0 ? text : text.substring(0, end + 2)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends it with dots before dots, and its end (RFC 5321 §4.5.2). */
    void sendDotted(Hop to) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        var dotted = ByteBuffer.allocate(2 * CHUNK);
        byte before = '\n';
        byte last = '\n';
        // None of their lines begins with a dot.
        if (signatures.length > 0) to.send(ByteBuffer.wrap(signatures));
        for (long at = start; read(at, chunk.clear()) > 0; at += chunk.limit()) {
            chunk.flip();
            dotted.clear();
            while (chunk.hasRemaining()) {
                byte octet = chunk.get();
                if (octet == '.' && last == '\n') dotted.put((byte) '.');
                dotted.put(octet);
                before = last;
                last = octet;
            }
            to.send(dotted.flip());
        }
        boolean ended = last == '\n' && (before == '\r' || body.length() == start);
        String end = ended ? ".\r\n" : "\r\n.\r\n";
        to.send(ByteBuffer.wrap(end.getBytes(StandardCharsets.US_ASCII)));
    }

    private int read(long at, ByteBuffer into) throws IOException {
        try {
            while (into.hasRemaining() && body.read(at + into.position(), into) > 0) {}
            return into.position();
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }
}
