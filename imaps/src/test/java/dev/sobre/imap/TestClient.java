package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
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
    private InputStream in;
    private OutputStream out;

    TestClient(int port) throws IOException {
        tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        tcp.setTcpNoDelay(true);
        socket = (SSLSocket) SOCKETS.createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static SSLSocketFactory sockets() {
        return SOCKETS;
    }

    /** From now on it speaks and hears DEFLATE. RFC 4978. */
    void compress() {
        in = new BufferedInputStream(new InflaterInputStream(in, new Inflater(true)));
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        out = new DeflaterOutputStream(out, deflater, 512, /* syncFlush= */ true);
    }

    /** From now on it speaks plainly, if it has heard all that was said. */
    void plain() throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Sends octets past what compresses. */
    void sendRaw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    void send(String octets) throws IOException {
        out.write(octets.getBytes(ISO_8859_1));
        out.flush();
    }

    /** The next line without its end; {@code <end>} when there is none. */
    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = read(); c != '\n'; c = read()) {
            if (c < 0) return "<end>";
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (EOFException e) { // nobody ends what is compressed
            return -1;
        }
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

    /** The lines up to the end, which is the last. A reset is an end, too; silence is none. */
    List<String> rest() {
        List<String> lines = new ArrayList<>();
        try {
            do lines.add(line());
            while (!lines.getLast().equals("<end>"));
        } catch (SocketTimeoutException silence) {
            throw new AssertionError(
                    "after " + lines.size() + " lines the server does not hang up");
        } catch (IOException reset) {
            lines.add("<end>");
        }
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
