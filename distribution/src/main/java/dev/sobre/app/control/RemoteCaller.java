package dev.sobre.app.control;

import dev.sobre.app.admin.Caller;
import dev.sobre.app.control.Frame.Kind;
import dev.sobre.line.Terminal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The command line at the other end of the control socket, as the server's commands see it. */
final class RemoteCaller implements Caller, Terminal {

    private static final int PIECE = 8192; // characters; at most 3 octets each

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Request request;

    RemoteCaller(DataInputStream in, DataOutputStream out, Request request) {
        this.in = in;
        this.out = out;
        this.request = request;
    }

    @Override
    public Terminal terminal() {
        return this;
    }

    @Override
    public Input input() {
        return new Input(new Pulled(), request.inputLength());
    }

    @Override
    public Path file(String name) {
        return request.directory().resolve(name).normalize();
    }

    @Override
    public void complain(String problem) throws IOException {
        send(Kind.COMPLAIN, problem);
    }

    @Override
    public int width() {
        return request.width();
    }

    @Override
    public boolean interactive() {
        return request.interactive();
    }

    @Override
    public void print(String text) throws IOException {
        for (int from = 0; from < text.length(); from += PIECE) {
            send(Kind.PRINT, text.substring(from, Math.min(text.length(), from + PIECE)));
        }
    }

    @Override
    public void status(String line) throws IOException {
        send(Kind.STATUS, line);
    }

    @Override
    public String ask(String prompt) throws IOException {
        return answer(Kind.ASK, prompt);
    }

    @Override
    public String askSecret(String prompt) throws IOException {
        return answer(Kind.ASK_SECRET, prompt);
    }

    /** A client that is interrupted closes its end, and the next write to it fails. */
    @Override
    public boolean interrupted() {
        return false;
    }

    private String answer(Kind kind, String prompt) throws IOException {
        Frame.of(kind, prompt).write(out);
        var answer = Frame.read(in);
        if (answer.kind() != Kind.LINE) {
            throw new EOFException("this needs an answer, and there is nobody to give it");
        }
        return answer.text();
    }

    private void send(Kind kind, String text) throws IOException {
        Frame.of(kind, text).write(out);
    }

    /** The client's input, fetched piece by piece as it is read. */
    private final class Pulled extends InputStream {
        private byte[] piece = new byte[0];
        private int next;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            if (next == piece.length && !ended) fetch();
            if (ended) return -1;
            int taken = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, into, from, taken);
            next += taken;
            return taken;
        }

        private void fetch() throws IOException {
            Frame.of(Kind.MORE, "").write(out);
            var frame = Frame.read(in);
            ended = frame.kind() != Kind.DATA || frame.octets().length == 0;
            piece = frame.octets();
            next = 0;
        }
    }
}
