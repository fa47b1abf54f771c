package dev.sobre.tls;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What became of an identity's files.
 *
 * @param code stable, for counting and for rules
 * @param file the file it is about
 * @param sentence what happened, in plain words, and what to do
 */
public record IdentityEvent(Code code, Path file, String sentence) {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityEvent.class);

    /** The kinds of event. */
    public enum Code {
        /** From now on, handshakes have this certificate. */
        SERVED(Level.INFO),
        /** The files do not serve, so what was read before is served on. */
        KEPT(Level.WARN),
        /** Some clients may stumble over the certificate. */
        ODD(Level.WARN),
        /** The certificate expires soon. */
        EXPIRES(Level.WARN),
        EXPIRED(Level.ERROR),
        /** The local authority made a new certificate. */
        RENEWED(Level.INFO),
        NOT_RENEWED(Level.WARN),
        /** From now on, handshakes carry this OCSP response. */
        STAPLED(Level.INFO),
        /** The OCSP response cannot be used. */
        NOT_STAPLED(Level.WARN),
        /** The authority has revoked the certificate. */
        REVOKED(Level.ERROR);

        private final Level level;

        Code(Level level) {
            this.level = level;
        }
    }

    /** Writes one line to the log. */
    public void log() {
        LOG.atLevel(code.level).log("[{}] {}: {}", code, file, sentence);
    }
}
