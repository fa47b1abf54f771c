package dev.sobre.tls;

import io.netty.handler.ssl.OpenSsl;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library that does the cryptography of TLS. */
public enum Engine {
    /** BoringSSL, through netty-tcnative: the fast one. */
    BORINGSSL,
    /** The JDK's own: no tickets that outlive the process, no post-quantum group on Java 25. */
    JDK;

    /** Set this system property to {@code jdk} to do without BoringSSL. */
    public static final String PROPERTY = "dev.sobre.tls.engine";

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    /** BoringSSL where its native loads, unless the property says otherwise. */
    public static Engine best() {
        if ("jdk".equalsIgnoreCase(System.getProperty(PROPERTY))) {
            say("as " + PROPERTY + "=jdk asks");
            return JDK;
        }
        if (OpenSsl.isAvailable()) return BORINGSSL;
        say("BoringSSL does not load here: " + OpenSsl.unavailabilityCause());
        return JDK;
    }

    /** Once per process, however many servers it has. */
    private static void say(String why) {
        if (SAID.getAndSet(true)) return;
        LOG.warn(
                "TLS by the JDK ({}): no X25519MLKEM768, sessions are not resumed after a restart,"
                        + " and a handshake takes several times the processor time",
                why);
    }
}
