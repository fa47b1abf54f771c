package dev.sobre.tls.lecture;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to talk to the server.
 *
 * @param trusted whom to trust; empty: the JDK's authorities
 * @param serverName the name to ask for and to check, where it is not the host's
 * @param version {@code TLSv1.3} or {@code TLSv1.2}; empty: both are offered
 * @param suite the one suite to offer, by its IANA name, also an old one; empty: the standard ones
 * @param secrets whether the key schedule is told; it opens all that this connection carries
 * @param timeout for connecting, and again for the handshake
 */
public record LectureOptions(
        List<X509Certificate> trusted,
        Optional<String> serverName,
        Optional<String> version,
        Optional<String> suite,
        boolean secrets,
        Duration timeout) {

    public LectureOptions {
        trusted = List.copyOf(trusted);
    }

    public static LectureOptions standard() {
        return new LectureOptions(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ofSeconds(10));
    }

    public LectureOptions withTrusted(List<X509Certificate> others) {
        return new LectureOptions(others, serverName, version, suite, secrets, timeout);
    }

    public LectureOptions withServerName(String name) {
        return new LectureOptions(trusted, Optional.of(name), version, suite, secrets, timeout);
    }

    public LectureOptions withVersion(String only) {
        return new LectureOptions(trusted, serverName, Optional.of(only), suite, secrets, timeout);
    }

    public LectureOptions withSuite(String only) {
        return new LectureOptions(
                trusted, serverName, version, Optional.of(only), secrets, timeout);
    }

    public LectureOptions withSecrets() {
        return new LectureOptions(trusted, serverName, version, suite, true, timeout);
    }

    public LectureOptions withTimeout(Duration other) {
        return new LectureOptions(trusted, serverName, version, suite, secrets, other);
    }
}
