package dev.sobre.tls;

import io.netty.handler.ssl.OpenSsl;
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

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** BoringSSL where its native loads, unless the property says otherwise. */
    public static Engine best() {
        if ("jdk".equalsIgnoreCase(System.getProperty(PROPERTY))) {
            log.info("TLS by the JDK, as {}=jdk asks. {}", PROPERTY, JdkLacks.WORDS);
            return JDK;
        }
        if (OpenSsl.isAvailable()) return BORINGSSL;
        log.warn(
                "TLS by the JDK: BoringSSL does not load here ({}). {}",
                String.valueOf(OpenSsl.unavailabilityCause()),
                JdkLacks.WORDS);
        return JDK;
    }

    /** What an administrator should know who runs on the JDK's engine. */
    private static final class JdkLacks {
        static final String WORDS =
                "It has no X25519MLKEM768, sessions are not resumed after a restart, and it needs"
                        + " several times the processor time per handshake.";
    }
}
