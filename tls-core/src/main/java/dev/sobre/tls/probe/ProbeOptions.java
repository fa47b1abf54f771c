package dev.sobre.tls.probe;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to look at a server.
 *
 * @param trusted whom to trust; empty: the JDK's authorities
 * @param serverName the name to ask for and to check, where it is not the host's
 * @param timeout for connecting, and again for the handshake
 * @param resumption whether a second connection tries to resume the session of the first
 */
public record ProbeOptions(
        List<X509Certificate> trusted,
        Optional<String> serverName,
        Duration timeout,
        boolean resumption) {

    public ProbeOptions {
        trusted = List.copyOf(trusted);
    }

    public static ProbeOptions standard() {
        return new ProbeOptions(List.of(), Optional.empty(), Duration.ofSeconds(10), true);
    }

    public ProbeOptions withTrusted(List<X509Certificate> others) {
        return new ProbeOptions(others, serverName, timeout, resumption);
    }

    public ProbeOptions withServerName(String name) {
        return new ProbeOptions(trusted, Optional.of(name), timeout, resumption);
    }

    public ProbeOptions withTimeout(Duration other) {
        return new ProbeOptions(trusted, serverName, other, resumption);
    }

    public ProbeOptions withoutResumption() {
        return new ProbeOptions(trusted, serverName, timeout, false);
    }
}
