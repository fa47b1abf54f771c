package dev.sobre.line;

import java.io.BufferedInputStream;
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

    private final Socket tcp;
    private final SSLSocket socket;
    final InputStream in;
    final OutputStream out;

    Client(int port) throws IOException {
        tcp = new Socket(InetAddress.getLoopbackAddress(), port);
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
