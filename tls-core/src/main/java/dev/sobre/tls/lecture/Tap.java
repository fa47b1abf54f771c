package dev.sobre.tls.lecture;

import dev.sobre.tls.trace.Side;
import dev.sobre.tls.wire.FirstBytes;
import io.netty.buffer.Unpooled;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The two streams of a socket, bounded in time and in bytes, with a notebook listening. */
final class Tap {
    private static final int MOST_BYTES = 256 * 1024;

    private final Socket socket;
    private final Notebook notebook;
    private Duration time;
    private long deadline;
    private boolean running;
    private int received;
    private int ahead = -1;
    private byte[] start = new byte[0];

    Tap(Socket socket, Notebook notebook, Duration time) {
        this.socket = socket;
        this.notebook = notebook;
        this.time = time;
    }

    /** A server that has more to say than any handshake needs. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("the server sent more than " + MOST_BYTES / 1024 + " KiB and was not done");
        }
    }

    /** All that is read from now on must come within this time of the first try to read it. */
    void within(Duration next) {
        time = next;
        running = false;
    }

    boolean silent() {
        return start.length == 0;
    }

    /** What the server speaks where it is not TLS. */
    Optional<String> notTls() {
        return silent() || (start[0] >= 20 && start[0] <= 23)
                ? Optional.empty()
                : Optional.of(FirstBytes.guess(Unpooled.wrappedBuffer(start)));
    }

    /** Waits until the server says something or the time is up. */
    boolean speaks() throws IOException {
        if (ahead >= 0) return true;
        try {
            ahead = read(socket.getInputStream());
            return ahead >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    InputStream input() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (length == 0) return 0;
                int first = ahead >= 0 ? ahead : Tap.this.read(in);
                ahead = -1;
                if (first < 0) return -1;
                to[offset] = (byte) first;
                int more = Math.min(length - 1, in.available());
                int count = 1 + (more > 0 ? Math.max(0, in.read(to, offset + 1, more)) : 0);
                if (silent()) start = Arrays.copyOfRange(to, offset, offset + Math.min(count, 64));
                count(count);
                notebook.wire(Side.SERVER, to, offset, count);
                return count;
            }
        };
    }

    OutputStream output() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                notebook.wire(Side.CLIENT, from, offset, length);
                out.write(from, offset, length);
            }
        };
    }

    private void count(int count) throws IOException {
        received += count;
        if (received > MOST_BYTES) throw new TooMuch();
    }

    private int read(InputStream in) throws IOException {
        if (!running) deadline = System.nanoTime() + time.toNanos();
        running = true;
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new SocketTimeoutException("time is up");
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        return in.read();
    }
}
