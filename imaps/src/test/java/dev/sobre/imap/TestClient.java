package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks lines over TLS and trusts everybody. */
final class TestClient implements AutoCloseable {

    private static final SSLSocketFactory SOCKETS = trusting();

    private final Socket tcp;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    TestClient(int port) throws IOException {
        tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        socket = (SSLSocket) SOCKETS.createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static SSLSocketFactory sockets() {
        return SOCKETS;
    }

    void send(String octets) throws IOException {
        out.write(octets.getBytes(ISO_8859_1));
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

    /** Sends a command and gives the lines up to its tagged answer, which is the last. */
    List<String> ask(String command) throws IOException {
        send(command + "\r\n");
        String tag = command.substring(0, command.indexOf(' ') + 1);
        List<String> lines = new ArrayList<>();
        do lines.add(line());
        while (!lines.getLast().startsWith(tag) && !lines.getLast().equals("<end>"));
        return lines;
    }

    /** What names this connection. RFC 9266 §2. */
    byte[] channelBinding() throws IOException {
        return ((ExtendedSSLSession) socket.getSession())
                .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    /** Ends the TCP connection without close_notify. */
    void cut() throws IOException {
        tcp.close();
    }

    /** Reads the greeting and logs in as the user of the tests. */
    TestClient loggedIn() throws IOException {
        line();
        ask("l LOGIN ann@example.org secret");
        return this;
    }

    /** Appends a message to INBOX. */
    TestClient append(String message) throws IOException {
        ask("a APPEND INBOX {" + message.length() + "+}\r\n" + message);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLSocketFactory trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
            return context.getSocketFactory();
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
