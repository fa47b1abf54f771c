package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Engines of the JDK. */
final class JdkEngines implements Engines {
    private final JdkSslContext context;
    private final TlsPolicy policy;

    /**
     * @param shared the identity's context, which keeps its sessions: one for all ALPN lists
     */
    JdkEngines(TlsPolicy policy, SSLContext shared, List<String> alpn) {
        this.policy = policy;
        this.context =
                new JdkSslContext(
                        shared,
                        false,
                        policy.suites(),
                        SupportedCipherSuiteFilter.INSTANCE,
                        Engines.alpn(alpn),
                        ClientAuth.NONE,
                        policy.versions().toArray(String[]::new),
                        false);
    }

    /** The JDK's context of an identity. */
    static SSLContext shared(Identity identity) {
        try {
            char[] none = new char[0];
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, none);
            var pair = identity.keys();
            keys.setKeyEntry(
                    "identity", pair.key(), none, pair.chain().toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(keys, none);
            var context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the identity does not work: " + e, e);
        }
    }

    @Override
    public SslHandler engine(Channel channel, Identity identity) {
        SslHandler handler = context.newHandler(channel.alloc());
        var parameters = handler.engine().getSSLParameters();
        parameters.setNamedGroups(namedGroups(policy));
        parameters.setUseCipherSuitesOrder(true);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** The policy's groups as the JDK calls them, without what it does not have. */
    static String[] namedGroups(TlsPolicy policy) {
        return policy.groups().stream()
                .map(
                        group ->
                                switch (group) {
                                    case "X25519" -> "x25519";
                                    case "P-256" -> "secp256r1";
                                    case "P-384" -> "secp384r1";
                                    default -> "";
                                })
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }
}
