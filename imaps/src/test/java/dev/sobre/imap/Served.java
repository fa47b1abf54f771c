package dev.sobre.imap;

import dev.sobre.line.Limits;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;

/** Servers over a store, as tests want them. */
final class Served {

    static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    private Served() {}

    /** One with the store's own accounts. */
    static ImapsServer over(MemoryStore store, ImapSettings settings) {
        return ImapsServer.start(settings, TLS, store, store.authenticator());
    }

    /** Settings that hostile clients soon meet the limits of, which are of octets. */
    static ImapSettings tight(int message, int line) {
        return ImapSettings.onLoopback(0)
                .withMessageLimit(message)
                .withCommandLimit(20_000)
                .withLimits(Limits.standard().withLine(line));
    }
}
