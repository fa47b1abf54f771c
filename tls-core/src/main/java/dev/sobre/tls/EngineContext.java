package dev.sobre.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes the engines' own contexts: BoringSSL where its native loads, else the JDK. */
final class EngineContext {
    private EngineContext() {}

    static SslContext server(TlsPolicy policy, Identity identity, List<String> alpn) {
        boolean boring = OpenSsl.isAvailable();
        try {
            var keys = identity.keys();
            var builder =
                    SslContextBuilder.forServer(
                                    keys.key(), keys.chain().toArray(X509Certificate[]::new))
                            .sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK)
                            .protocols(policy.versions())
                            // Explicit: a bare context accepted static RSA.
                            .ciphers(policy.suites(), SupportedCipherSuiteFilter.INSTANCE);
            if (boring) {
                builder.option(OpenSslContextOption.GROUPS, policy.groups().toArray(String[]::new));
            }
            if (!alpn.isEmpty()) builder.applicationProtocolConfig(alpn(alpn));
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("the TLS settings do not work: " + e, e);
        }
    }

    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }
}
