package dev.sobre.tls;

import dev.sobre.tls.pki.Staple;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSLContext;
import java.lang.ref.Cleaner;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Engines of BoringSSL. */
final class BoringSslEngines implements Engines {
    private static final Cleaner CLEANER = Cleaner.create();

    private record Shown(Optional<Staple> staple, BoringSslCredential credential) {}

    private final ReferenceCountedOpenSslContext context;
    private final TlsPolicy policy;
    private final BoringSslSessions sessions;
    private volatile Shown shown;

    BoringSslEngines(TlsSettings settings, Served.Key key) throws SSLException {
        Identity identity = key.identity();
        this.policy = settings.policy();
        this.shown = new Shown(identity.staple(), BoringSslCredential.of(identity, policy));
        var builder =
                SslContextBuilder.forServer(new NoKeyMaterial())
                        // Counted, not finalized: a finalizer per connection costs.
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .protocols(policy.versions())
                        // Explicit: a bare context accepted static RSA.
                        .ciphers(policy.suites(), SupportedCipherSuiteFilter.INSTANCE)
                        .option(OpenSslContextOption.GROUPS, policy.groups().toArray(String[]::new))
                        .applicationProtocolConfig(Engines.alpn(key.alpn()));
        if (key.clients() instanceof ClientAuthentication.Asked asked) ask(builder, asked);
        this.context = (ReferenceCountedOpenSslContext) builder.build();
        KeyLog.of(context);
        ContextPointer.of(context).ifPresent(BoringSslEngines::askNobody);
        var held = context;
        CLEANER.register(this, held::release);
        this.sessions = new BoringSslSessions(context, settings, key);
    }

    /** In a handshake nobody has to be asked for the certificate, which the connection has. */
    private static void askNobody(long context) {
        SSLContext.setCertificateCallback(context, null);
    }

    private static void ask(SslContextBuilder builder, ClientAuthentication.Asked asked) {
        builder.trustManager(new ClientTrustManager(asked.trust(), BoringSslEngines::coded))
                .clientAuth(asked.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    }

    /** With the code from which BoringSSL chooses its alert. RFC 8446 §6.2. */
    private static OpenSslCertificateException coded(ClientRefused why) {
        int error =
                switch (why.code) {
                    case CLIENT_CERTIFICATE_UNTRUSTED ->
                            CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
                    case CLIENT_CERTIFICATE_EXPIRED ->
                            CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
                    case CLIENT_CERTIFICATE_NOT_YET_VALID ->
                            CertificateVerifier.X509_V_ERR_CERT_NOT_YET_VALID;
                    case CLIENT_CERTIFICATE_REVOKED -> CertificateVerifier.X509_V_ERR_CERT_REVOKED;
                    case CLIENT_CERTIFICATE_UNUSABLE ->
                            CertificateVerifier.X509_V_ERR_INVALID_PURPOSE;
                    case CLIENT_CERTIFICATE_INVALID -> CertificateVerifier.X509_V_ERR_CERT_REJECTED;
                    default -> CertificateVerifier.X509_V_ERR_UNSPECIFIED;
                };
        return new OpenSslCertificateException(why.getMessage(), why, error);
    }

    @Override
    public SslHandler engine(Channel channel, Identity identity) {
        SslHandler handler = context.newHandler(channel.alloc());
        credential(identity).giveTo(handler);
        var engine = (ReferenceCountedOpenSslEngine) handler.engine();
        sessions.ready(engine);
        KeyLog.watch(engine, channel);
        return handler;
    }

    ReferenceCountedOpenSslContext context() {
        return context;
    }

    /** The same identity may have another staple by now. */
    private BoringSslCredential credential(Identity identity) {
        Shown now = shown;
        if (!now.staple.equals(identity.staple())) now = show(identity);
        return now.credential;
    }

    private synchronized Shown show(Identity identity) {
        if (shown.staple.equals(identity.staple())) return shown;
        try {
            shown = new Shown(identity.staple(), BoringSslCredential.of(identity, policy));
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
        return shown;
    }
}
