package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Engines of the JDK. */
final class JdkEngines implements Engines {
    /** RFC 8446 §4.6.1: tickets live for seven days at most, so for this timeout there are none. */
    private static final int TOO_LONG = 8 * 24 * 3600;

    private final TlsPolicy policy;
    private final String[] signatures;
    private final Supplier<JdkSslContext> contexts;

    /**
     * @param contexts of the identity, for each connection; they keep the sessions
     */
    JdkEngines(TlsPolicy policy, Served.Key key, Supplier<SSLContext> contexts) {
        this.policy = policy;
        this.signatures = signatures(policy, key.identity());
        if (key.clients() instanceof ClientAuthentication.Asked asked) {
            var wish = asked.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
            this.contexts = () -> context(policy, key, contexts.get(), wish);
        } else {
            var context = context(policy, key, contexts.get(), ClientAuth.NONE);
            this.contexts = () -> context;
        }
    }

    /** A new context of an identity, which shares no session with any other. */
    static SSLContext context(Served.Key key) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OneIdentity(key.identity())}, trust(key), null);
            if (!key.tickets()) context.getServerSessionContext().setSessionTimeout(TOO_LONG);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the identity does not work: " + e, e);
        }
    }

    private static TrustManager @Nullable [] trust(Served.Key key) {
        return key.clients() instanceof ClientAuthentication.Asked asked
                ? new TrustManager[] {new ClientTrustManager(asked.trust(), refused -> refused)}
                : null;
    }

    private static JdkSslContext context(
            TlsPolicy policy, Served.Key key, SSLContext jdk, ClientAuth wish) {
        return new JdkSslContext(
                jdk,
                false,
                policy.suites(),
                SupportedCipherSuiteFilter.INSTANCE,
                Engines.alpn(key.alpn()),
                wish,
                policy.versions().toArray(String[]::new),
                false);
    }

    @Override
    public SslHandler engine(Channel channel, Identity identity) {
        SslHandler handler = contexts.get().newHandler(channel.alloc());
        var parameters = handler.engine().getSSLParameters();
        parameters.setNamedGroups(namedGroups(policy));
        parameters.setSignatureSchemes(signatures);
        parameters.setUseCipherSuitesOrder(true);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /**
     * What the identity may sign with. The JDK takes the same list for what a client may sign with,
     * so all that only another kind of key could make is left in.
     */
    private static String[] signatures(TlsPolicy policy, Identity identity) {
        var own = Signatures.of(identity, policy);
        var others =
                TlsPolicy.compatible().signatures().stream()
                        .filter(name -> !Signatures.by(identity, name));
        return Stream.concat(own.stream(), others).toArray(String[]::new);
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
                                    case "P-521" -> "secp521r1";
                                    default -> "";
                                })
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }
}
