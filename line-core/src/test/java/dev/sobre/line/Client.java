package dev.sobre.line;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS client of the JDK that trusts everybody. */
final class Client implements AutoCloseable {

    private final HeldBack tcp;
    private final SSLSocket socket;
    final InputStream in;
    final OutputStream out;

    Client(int port) throws IOException {
        tcp = new HeldBack(port);
        socket =
                (SSLSocket)
                        trusting().getSocketFactory().createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /**
     * Sends records of a size, in as few segments as they take; does not wait until they are read.
     */
    void sendAtOnce(int size, int records) throws IOException {
        tcp.out.holding = true;
        for (int i = 0; i < records; i++) out.write(new byte[size]);
        tcp.out.holding = false;
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                tcp.out.flush();
                            } catch (IOException e) {
                                // The server did not want it.
                            }
                        });
    }

    /**
     * Sends records of a size and ends the TCP connection's output behind them, without
     * close_notify.
     */
    void sendAndEnd(int size, int records) throws IOException {
        tcp.out.holding = true;
        for (int i = 0; i < records; i++) out.write(new byte[size]);
        tcp.out.holding = false;
        tcp.out.flush();
        tcp.shutdownOutput();
    }

    /** The next line without its end; {@code <end>} when there is none. */
    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) return "<end>";
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    /** Ends the TCP connection without close_notify. */
    void cut() throws IOException {
        tcp.close();
    }

    /** Sets how long reading waits. */
    void patience(Duration most) throws IOException {
        socket.setSoTimeout((int) most.toMillis());
    }

    /** Ends the TCP connection with a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A connection whose octets can be held back, to be sent in one go. */
    private static final class HeldBack extends Socket {
        private final Out out;

        HeldBack(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            out = new Out(super.getOutputStream());
        }

        @Override
        public OutputStream getOutputStream() {
            return out;
        }

        private static final class Out extends BufferedOutputStream {
            private volatile boolean holding;

            Out(OutputStream to) {
                super(to, 1 << 20);
            }

            @Override
            public synchronized void write(byte[] octets, int from, int length) throws IOException {
                super.write(octets, from, length);
                if (!holding) flush();
            }

            @Override
            public synchronized void flush() throws IOException {
                if (!holding) super.flush();
            }
        }
    }

    private static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
