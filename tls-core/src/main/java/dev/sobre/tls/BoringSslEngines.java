package dev.sobre.tls;

import dev.sobre.tls.pki.Staple;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.lang.ref.Cleaner;
import java.util.List;
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

    BoringSslEngines(TlsSettings settings, Identity identity, List<String> alpn, boolean given)
            throws SSLException {
        this.policy = settings.policy();
        this.shown = new Shown(identity.staple(), BoringSslCredential.of(identity, policy));
        this.context =
                (ReferenceCountedOpenSslContext)
                        SslContextBuilder.forServer(new NoKeyMaterial())
                                // Counted, not finalized: a finalizer per connection costs.
                                .sslProvider(SslProvider.OPENSSL_REFCNT)
                                .protocols(policy.versions())
                                // Explicit: a bare context accepted static RSA.
                                .ciphers(policy.suites(), SupportedCipherSuiteFilter.INSTANCE)
                                .option(
                                        OpenSslContextOption.GROUPS,
                                        policy.groups().toArray(String[]::new))
                                .applicationProtocolConfig(Engines.alpn(alpn))
                                .build();
        KeyLog.of(context);
        var held = context;
        CLEANER.register(this, held::release);
        var scope = BoringSslSessions.scope(policy, identity);
        this.sessions = new BoringSslSessions(context, settings.tickets(), given, scope);
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
