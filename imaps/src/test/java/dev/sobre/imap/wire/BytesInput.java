package dev.sobre.imap.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Octets in memory as the input of a reader. */
public final class BytesInput implements ImapInput {

    private final byte[] octets;
    private int at;
    int invitations;

    public BytesInput(byte[] octets) {
        this.octets = octets;
    }

    /** A reader of these octets, which start with a command's first line. */
    static ImapReader reader(String octets, CommandLimits limits) {
        return reader(octets.getBytes(ISO_8859_1), limits);
    }

    public static ImapReader reader(byte[] octets, CommandLimits limits) {
        var input = new BytesInput(octets);
        try {
            return new ImapReader(input.line(), input, limits);
        } catch (IOException e) {
            return new ImapReader(new byte[0], input, limits);
        }
    }

    static ImapReader reader(String octets) {
        return reader(octets, new CommandLimits(100_000, Long.MAX_VALUE, 100_000));
    }

    @Override
    public byte[] line() throws IOException {
        int end = at;
        while (end < octets.length && octets[end] != '\n') end++;
        if (at == octets.length) throw new EOFException();
        int cut = end > at && octets[end - 1] == '\r' ? end - 1 : end;
        byte[] line = Arrays.copyOfRange(octets, at, cut);
        at = Math.min(end + 1, octets.length);
        return line;
    }

    @Override
    public ByteBuffer octets() throws IOException {
        if (at == octets.length) throw new EOFException();
        return ByteBuffer.wrap(octets, at, octets.length - at).asReadOnlyBuffer();
    }

    @Override
    public void consume(int taken) {
        at += taken;
    }

    @Override
    public void invite() {
        invitations++;
    }
}
