package dev.sobre.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;

/**
 * Keys for other protocols that both ends of one TLS 1.3 connection can derive, and nobody between
 * them. RFC 8446 §7.5. Safe for all threads; ends with its connection.
 */
public sealed interface Exporter permits SecretExporter, JdkExporter {

    /**
     * Derives a key.
     *
     * @param label says what it is for, in ASCII; of the IANA registry or starting with {@code
     *     EXPERIMENTAL}
     * @param context what it shall be bound to; empty and absent are the same in TLS 1.3
     * @param length in bytes, 1 to 8160
     * @throws IllegalStateException when the connection has been closed
     */
    byte[] export(String label, byte[] context, int length);

    /**
     * The {@code tls-exporter} channel binding: names this connection in a login, so that the login
     * is worth nothing on another. RFC 9266 §2.
     */
    default byte[] channelBinding() {
        return export("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    /** The exporter of an engine whose handshake is complete; none in TLS 1.2. */
    static Optional<Exporter> of(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine boring) return KeyLog.exporter(boring);
        // RFC 9266 §4.2 asks for the extended master secret in TLS 1.2, which no engine tells of.
        return engine.getSession() instanceof ExtendedSSLSession session
                        && session.getProtocol().equals("TLSv1.3")
                ? Optional.of(new JdkExporter(session))
                : Optional.empty();
    }
}
