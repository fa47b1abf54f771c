package dev.sobre.telnet;

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
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TELNET client that a test plays, over the JDK's TLS; it trusts one certificate. */
final class Client implements AutoCloseable {

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    Client(int port, X509Certificate trusted) throws IOException {
        var tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        socket =
                (SSLSocket)
                        trusting(trusted)
                                .getSocketFactory()
                                .createSocket(tcp, "localhost", port, true);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    Client send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return this;
    }

    Client sendHex(String hex) throws IOException {
        out.write(HexFormat.of().parseHex(hex.replace(" ", "")));
        out.flush();
        return this;
    }

    /** Reads up to and with some text, and gives all of it; TELNET commands as {@code <fffb01>}. */
    String until(String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int octet = in.read();
            if (octet < 0) return seen + "<end>";
            if (octet == 0xff) {
                seen.append("<ff").append(commandHex()).append('>');
            } else {
                seen.append((char) octet);
            }
        }
        return seen.toString();
    }

    /** Everything until the server ends the connection. */
    String rest() throws IOException {
        return until("\0never");
    }

    private String commandHex() throws IOException {
        int verb = in.read();
        if (verb != Code.SB)
            return HexFormat.of().formatHex(new byte[] {(byte) verb, (byte) in.read()});
        var hex = new StringBuilder("fa");
        while (!hex.toString().endsWith("fff0"))
            hex.append(HexFormat.of().toHexDigits((byte) in.read()));
        return hex.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext trusting(X509Certificate certificate) {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setCertificateEntry("trusted", certificate);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(keys);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
