package dev.sobre.tls.probe;

import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.DialFailed;
import dev.sobre.tls.pki.CertificateFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a server.
 *
 * @param agreed what the handshake agreed on; empty where it failed
 * @param chain what the server showed, its own certificate first
 * @param problem why it failed; empty where it did not
 */
public record Explanation(
        String host,
        int port,
        String serverName,
        Optional<Agreed> agreed,
        List<CertificateFacts> chain,
        Optional<Problem> problem) {

    public Explanation {
        chain = List.copyOf(chain);
    }

    /**
     * The outcome of a handshake.
     *
     * @param resumption whether a second connection resumed the session; empty where not tried
     * @param resumedHandshake how long that second handshake took
     */
    public record Agreed(
            String version,
            CipherSuite suite,
            Optional<String> group,
            Optional<String> applicationProtocol,
            Duration connect,
            Duration handshake,
            Optional<Boolean> resumption,
            Optional<Duration> resumedHandshake) {

        /** How both sides came to a secret, with the group that the suite's name leaves open. */
        public String keyExchange() {
            if (!suite.forwardSecret()) return suite.keyExchange();
            String word = suite.keyExchange().startsWith("DHE") ? "DHE" : "ECDHE";
            String over = word + " over " + group.orElse("a group that was not seen");
            return over.contains("MLKEM") ? over + " (also against quantum computers)" : over;
        }
    }

    /** A failure: a stable code and one plain sentence. */
    public record Problem(DialFailed.Code code, String sentence) {}

    /** The same in plain words, line by line. */
    public List<String> lines() {
        return Words.of(this);
    }
}
