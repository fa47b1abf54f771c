package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of the JDK. */
final class JdkPeer {
    private final SSLContext context;

    private JdkPeer(SSLContext context) {
        this.context = context;
    }

    JdkPeer(X509Certificate... trusted) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.length; i++) store.setCertificateEntry("t" + i, trusted[i]);
        var trust = TrustManagerFactory.getInstance("PKIX");
        // Without any, PKIX refuses to start: a store with nobody's root stands for distrust.
        if (trusted.length == 0) {
            store.setCertificateEntry("x", Identity.selfSigned("nobody.invalid").certificate());
        }
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
    }

    static JdkPeer trusting(Identity... identities) throws Exception {
        return new JdkPeer(
                List.of(identities).stream()
                        .map(Identity::certificate)
                        .toArray(X509Certificate[]::new));
    }

    /** For tests that look at a certificate themselves. */
    static JdkPeer trustingAnyone() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return new JdkPeer(context);
    }

    SSLSocket connect(int port) throws IOException {
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    SSLSocket connect(int port, String serverName) throws IOException {
        var socket = connect(port);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** TLS over a connection that is there already. */
    SSLSocket over(Socket tcp) throws IOException {
        return (SSLSocket)
                context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), false);
    }

    static String echoed(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(text.length()), US_ASCII);
    }
}
