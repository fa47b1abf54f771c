package dev.sobre.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.home.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS client that trusts a home's authority and speaks lines. */
final class LineClient implements AutoCloseable {

    private final SSLSocket socket;
    private final BufferedReader in;

    private LineClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    /** Connects; says {@code first}, such as a PROXY header, before the handshake. */
    static LineClient connect(Home home, int port, byte... first) throws Exception {
        var tcp = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(30_000);
        tcp.getOutputStream().write(first);
        var tls = trust(home).getSocketFactory();
        return new LineClient((SSLSocket) tls.createSocket(tcp, "localhost", port, true));
    }

    /** Trusts the authority that issued a home's first certificate. */
    static SSLContext trust(Home home) throws IOException, GeneralSecurityException {
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        try (InputStream pem = Files.newInputStream(home.authority())) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            authorities.setCertificateEntry("ca", certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    /** Sends a line; just this must come back. */
    void say(String line, String answer) throws IOException {
        send(line);
        hears(answer);
    }

    void hears(String line) throws IOException {
        assertEquals(line, line());
    }

    /** Sends a line; what comes back must begin so. */
    void ask(String line, String beginning) throws IOException {
        send(line);
        meets(beginning);
    }

    void meets(String beginning) throws IOException {
        String line = line();
        assertTrue(line.startsWith(beginning), line);
    }

    /** This must be the last line. */
    void ends(String lastLine) throws IOException {
        hears(lastLine);
        assertNull(in.readLine());
    }

    String line() throws IOException {
        String line = in.readLine();
        if (line == null) throw new AssertionError("the server hung up");
        return line;
    }

    /** Passes over lines, up to the one that begins so. */
    void skipTo(String beginning) throws IOException {
        while (!line().startsWith(beginning)) {}
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
