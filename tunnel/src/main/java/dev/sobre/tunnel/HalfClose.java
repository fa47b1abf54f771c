package dev.sobre.tunnel;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an engine of BoringSSL able to send after the peer's close_notify, which RFC 8446 §6.1
 * allows and BoringSSL can do, but Netty's engine can't: it closes both directions. It leaves that
 * to us if it believes to have seen the close_notify already, so we tell it so, and look for
 * ourselves. Where Netty's field is not to be had, a client's close_notify ends both directions.
 *
 * @param engine the engine to look at; none: Netty's events tell
 */
record HalfClose(Optional<ReferenceCountedOpenSslEngine> engine) {

    private static final Logger LOG = LoggerFactory.getLogger(HalfClose.class);
    private static final Optional<VarHandle> RECEIVED = field();

    /**
     * Takes over a peer's close_notify; call it on the event loop before the handshake:
     * close_notify may come in one flight with the end of that. Once more does no harm.
     */
    static HalfClose of(SSLEngine engine) {
        if (RECEIVED.isEmpty() || !(engine instanceof ReferenceCountedOpenSslEngine boring)) {
            return new HalfClose(Optional.empty()); // the JDK's engine knows half-closed
        }
        RECEIVED.get().set(boring, true);
        return new HalfClose(Optional.of(boring));
    }

    /** Whether {@link #received} tells, and Netty's events do not. */
    boolean looksForItself() {
        return engine.isPresent();
    }

    /** Whether the peer has said close_notify. */
    boolean received() {
        if (engine.isEmpty()) return false;
        long ssl = engine.get().sslPointer();
        return ssl != 0 && (SSL.getShutdown(ssl) & SSL.SSL_RECEIVED_SHUTDOWN) != 0;
    }

    private static Optional<VarHandle> field() {
        try {
            Class<?> type = ReferenceCountedOpenSslEngine.class;
            return Optional.of(
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                            .findVarHandle(type, "receivedShutdown", boolean.class));
        } catch (ReflectiveOperationException e) {
            LOG.info("close_notify ends both directions of a tunnel: {}", e.toString());
            return Optional.empty();
        }
    }
}
