package dev.sobre.tls;

import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * The sessions of one context of BoringSSL: within which bounds and under which keys they resume.
 */
final class BoringSslSessions {
    private final OpenSslServerSessionContext sessions;
    private final TicketKeys keys;
    private final boolean tickets;
    private volatile long ring = -1;

    BoringSslSessions(
            ReferenceCountedOpenSslContext context, TlsSettings settings, Served.Key key) {
        this.sessions = (OpenSslServerSessionContext) context.sessionContext();
        this.keys = settings.tickets();
        // A resumed session would not have its client's certificate checked again.
        boolean resumes = key.clients() instanceof ClientAuthentication.None;
        this.tickets = key.tickets() && resumes;
        int cached = settings.sessionCache();
        sessions.setSessionCacheSize(cached);
        if (!resumes || cached == 0) sessions.setSessionCacheEnabled(false);
        // Netty gives every context the same, and a shared ring would resume across identities.
        sessions.setSessionIdContext(scope(settings.policy(), key));
        sessions.setSessionTimeout(Math.toIntExact(keys.schedule().lifetime().toSeconds()));
    }

    /**
     * What a session must never cross: the identity that the client checked, the policy, and whom
     * we trust to vouch for clients.
     */
    private static byte[] scope(TlsPolicy policy, Served.Key key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.identity().certificate().getEncoded());
            digest.update(policy.toString().getBytes(StandardCharsets.UTF_8));
            for (var each : key.authorities()) digest.update(each.getEncoded());
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot name the sessions of an identity", e);
        }
    }

    /** Readies a new engine: the ring is that of now. */
    void ready(ReferenceCountedOpenSslEngine engine) {
        if (tickets) {
            TicketKeys.Ring now = keys.ring();
            if (now.generation() > ring) use(now);
        } else {
            // Netty lets every engine of TLS 1.3 give tickets, under keys of BoringSSL's own.
            SSL.setOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
        }
    }

    private synchronized void use(TicketKeys.Ring now) {
        if (now.generation() <= ring) return;
        sessions.setTicketKeys(
                now.keys().stream()
                        .map(TicketKey::forBoringSsl)
                        .toArray(OpenSslSessionTicketKey[]::new));
        ring = now.generation();
    }
}
