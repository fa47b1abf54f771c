package dev.sobre.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS client that plays scripts of {@code C:} and {@code S:} lines. */
public final class ScriptClient implements AutoCloseable {

    private static final String SESSION = " \\(session [a-z0-9]+-\\d+\\)$";

    private final Socket tcp;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    public ScriptClient(int port, X509Certificate trusted) throws IOException {
        tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        tcp.setTcpNoDelay(true);
        var factory = trusting(trusted).getSocketFactory();
        socket = (SSLSocket) factory.createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * Sends the {@code C:} lines and compares what comes with the {@code S:} lines; {@code ...} in
     * those stands for anything.
     */
    public ScriptClient play(String script) throws IOException {
        for (String line : script.split("\n")) {
            if (line.startsWith("C:")) send(line.substring(2).stripLeading() + "\r\n");
            else if (line.startsWith("S*:")) lines(line.substring(3).strip());
            else if (line.startsWith("S:")) expect(line.substring(2).strip());
            else if (!line.isBlank() && !line.startsWith("#")) throw new AssertionError(line);
        }
        return this;
    }

    public void send(String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Compares the next line; the session that a refusal ends with may be left out. */
    public void expect(String pattern) throws IOException {
        String line = line();
        if (!pattern.contains("(session ")) line = line.replaceFirst(SESSION, "");
        String regex = Pattern.quote(pattern).replace("...", "\\E.*\\Q");
        String got = line;
        assertTrue(Pattern.matches(regex, got), () -> "expected " + pattern + ", got " + got);
    }

    /** An answer of any number of lines, as SMTP has them. */
    private void lines(String code) throws IOException {
        String line = line();
        while (line.startsWith(code + "-")) line = line();
        String last = line;
        assertTrue(last.startsWith(code + " "), () -> "expected " + code + ", got " + last);
    }

    public void expectEnd() throws IOException {
        assertEquals("<end>", line());
    }

    /** The next line without its end; {@code <end>} when there is none. */
    public String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) return "<end>";
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    /** What names the connection (RFC 9266). */
    public byte[] channelBinding() throws IOException {
        return ((ExtendedSSLSession) socket.getSession())
                .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    /** Ends the TCP connection without close_notify. */
    public void cut() throws IOException {
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public static SSLContext trusting(X509Certificate certificate) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
