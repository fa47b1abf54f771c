package dev.sobre.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's own pointer to a context of BoringSSL, which its native methods take. Its public methods
 * give BoringSSL's instead, and with that one the JVM crashes.
 */
final class ContextPointer {
    private static final Logger LOG = LoggerFactory.getLogger(ContextPointer.class);
    private static final Optional<VarHandle> FIELD = field();

    private ContextPointer() {}

    private static Optional<VarHandle> field() {
        try {
            var type = ReferenceCountedOpenSslContext.class;
            var inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            return Optional.of(inside.findVarHandle(type, "ctx", long.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("no channel bindings with this version of Netty: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Empty if this version of Netty does not show it. */
    static OptionalLong of(ReferenceCountedOpenSslContext context) {
        return FIELD.isPresent()
                ? OptionalLong.of((long) FIELD.get().get(context))
                : OptionalLong.empty();
    }
}
