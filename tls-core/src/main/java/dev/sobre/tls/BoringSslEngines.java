package dev.sobre.tls;

import dev.sobre.tls.pki.Staple;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Engines of BoringSSL. */
final class BoringSslEngines implements Engines {
    private static final Cleaner CLEANER = Cleaner.create();

    /** How long a TLS 1.2 session may be resumed, in seconds. A ticket's key ends it earlier. */
    private static final int SESSION_SECONDS = 24 * 3600;

    private record Shown(Optional<Staple> staple, BoringSslCredential credential) {}

    private final ReferenceCountedOpenSslContext context;
    private final TlsPolicy policy;
    private final TicketKeys tickets;
    private volatile Shown shown;
    private volatile long ring = -1;

    BoringSslEngines(TlsSettings settings, Identity identity, List<String> alpn)
            throws SSLException {
        this.policy = settings.policy();
        this.shown = new Shown(identity.staple(), BoringSslCredential.of(identity, policy));
        this.tickets = settings.tickets();
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
        var sessions = (OpenSslServerSessionContext) context.sessionContext();
        sessions.setSessionIdContext(sessionIdContext(policy, identity));
        sessions.setSessionTimeout(SESSION_SECONDS);
    }

    @Override
    public SslHandler engine(Channel channel, Identity identity) {
        TicketKeys.Ring now = tickets.ring();
        if (now.generation() > ring) use(now);
        SslHandler handler = context.newHandler(channel.alloc());
        credential(identity).giveTo(handler);
        KeyLog.watch((ReferenceCountedOpenSslEngine) handler.engine(), channel);
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

    private synchronized void use(TicketKeys.Ring now) {
        if (now.generation() <= ring) return;
        context.sessionContext()
                .setTicketKeys(
                        now.keys().stream()
                                .map(TicketKey::forBoringSsl)
                                .toArray(OpenSslSessionTicketKey[]::new));
        ring = now.generation();
    }

    /**
     * Netty gives every context the same one, and a shared ticket ring would then resume across
     * identities.
     */
    private static byte[] sessionIdContext(TlsPolicy policy, Identity identity) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(identity.certificate().getEncoded());
            digest.update(policy.toString().getBytes(StandardCharsets.UTF_8));
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot name the sessions of an identity", e);
        }
    }
}
