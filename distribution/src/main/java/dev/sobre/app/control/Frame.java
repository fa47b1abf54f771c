package dev.sobre.app.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One message on the control socket: a kind, a length of at most 64 KiB, and that many octets. */
final class Frame {

    static final int LONGEST = 64 << 10;

    /** Who sends what; the letter is the wire's. */
    enum Kind {
        /** Client: about its terminal, then the words, separated by NUL. The first frame. */
        RUN('r'),
        /** Server: text for the client's standard output. */
        PRINT('p'),
        /** Server: text for the client's standard error. */
        COMPLAIN('c'),
        /** Server: a line that replaces the last one of its kind (progress). */
        STATUS('s'),
        /** Server: a question; the client answers with a LINE, or with END. */
        ASK('a'),
        /** Server: a question whose answer is not shown. */
        ASK_SECRET('h'),
        /** Client: the answer. */
        LINE('l'),
        /** Client: there is nobody to answer. */
        END('e'),
        /** Server: the next octets of the input, please. */
        MORE('m'),
        /** Client: octets of the input; none at its end. */
        DATA('d'),
        /** Server: the exit code, in decimal. The last frame. */
        EXIT('x');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(int letter) throws IOException {
            return Arrays.stream(values())
                    .filter(kind -> kind.letter == letter)
                    .findFirst()
                    .orElseThrow(() -> new IOException("not the control protocol"));
        }
    }

    private final Kind kind;
    private final byte[] octets;

    Frame(Kind kind, byte[] octets) {
        this.kind = kind;
        this.octets = octets;
    }

    static Frame of(Kind kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    Kind kind() {
        return kind;
    }

    byte[] octets() {
        return octets;
    }

    String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    static Frame read(DataInputStream in) throws IOException {
        var kind = Kind.of(in.readUnsignedByte());
        int length = in.readInt();
        if (length < 0 || length > LONGEST) throw new IOException("not the control protocol");
        byte[] octets = new byte[length];
        in.readFully(octets);
        return new Frame(kind, octets);
    }

    void write(DataOutputStream out) throws IOException {
        if (octets.length > LONGEST) throw new IOException("too much for one control frame");
        out.writeByte(kind.letter);
        out.writeInt(octets.length);
        out.write(octets);
        out.flush();
    }
}
