package dev.sobre.bench;

import dev.sobre.imap.wire.ImapInput;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A client's octets that have all come: lines are cut from them as a connection cuts them. */
final class Octets implements ImapInput {

    private final byte[] octets;
    private final ByteBuffer view;
    private int at;

    Octets(byte[] octets) {
        this.octets = octets;
        this.view = ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    @Override
    public byte[] line() throws EOFException {
        int end = at;
        while (end < octets.length && octets[end] != '\n') end++;
        if (end == octets.length) throw new EOFException("a line without its end");
        int cut = end > at && octets[end - 1] == '\r' ? end - 1 : end;
        byte[] line = Arrays.copyOfRange(octets, at, cut);
        at = end + 1;
        return line;
    }

    @Override
    public ByteBuffer octets() {
        return view.slice(at, octets.length - at);
    }

    @Override
    public void consume(int taken) {
        at += taken;
    }

    @Override
    public void invite() {
        throw new IllegalStateException("the samples' literals come uninvited");
    }

    boolean atEnd() {
        return at == octets.length;
    }
}
