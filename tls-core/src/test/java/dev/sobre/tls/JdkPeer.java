package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sobre.tls.pki.KeyAndChain;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

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

    /** A client that shows a certificate, whatever authorities the server names. */
    static JdkPeer showing(KeyAndChain own, X509Certificate trusted) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("t", trusted);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(own)}, trust.getTrustManagers(), null);
        return new JdkPeer(context);
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final KeyAndChain own;

        OneKey(KeyAndChain own) {
            this.own = own;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
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
