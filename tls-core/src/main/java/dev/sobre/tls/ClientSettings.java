package dev.sobre.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a server.
 *
 * @param serverName the name that its certificate must have; sent along (SNI)
 * @param trusted whom to trust; empty: the authorities that the JDK trusts
 * @param policy versions, suites and groups
 * @param alpn application protocols to ask for
 * @param connectTimeout until TCP is connected
 * @param handshakeTimeout from there to the end of the handshake
 * @param engine who does the cryptography
 * @param anyCertificate whether whatever certificate the server shows will do: better than plain
 *     text, where that is the alternative (RFC 7435)
 */
public record ClientSettings(
        String serverName,
        List<X509Certificate> trusted,
        TlsPolicy policy,
        List<String> alpn,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Engine engine,
        boolean anyCertificate) {

    public ClientSettings {
        trusted = List.copyOf(trusted);
        alpn = List.copyOf(alpn);
    }

    /** The standard policy, ten seconds for each step, and the JDK's authorities. */
    public static ClientSettings to(String serverName) {
        return new ClientSettings(
                serverName,
                List.of(),
                TlsPolicy.standard(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Engine.best(),
                false);
    }

    public ClientSettings withTrusted(List<X509Certificate> others) {
        return new ClientSettings(
                serverName,
                others,
                policy,
                alpn,
                connectTimeout,
                handshakeTimeout,
                engine,
                anyCertificate);
    }

    public ClientSettings withPolicy(TlsPolicy other) {
        return new ClientSettings(
                serverName,
                trusted,
                other,
                alpn,
                connectTimeout,
                handshakeTimeout,
                engine,
                anyCertificate);
    }

    public ClientSettings withAlpn(String... protocols) {
        return new ClientSettings(
                serverName,
                trusted,
                policy,
                List.of(protocols),
                connectTimeout,
                handshakeTimeout,
                engine,
                anyCertificate);
    }

    public ClientSettings withTimeout(Duration each) {
        return new ClientSettings(
                serverName, trusted, policy, alpn, each, each, engine, anyCertificate);
    }

    public ClientSettings withEngine(Engine other) {
        return new ClientSettings(
                serverName,
                trusted,
                policy,
                alpn,
                connectTimeout,
                handshakeTimeout,
                other,
                anyCertificate);
    }

    /** The same for a server whose certificate is not checked. */
    public ClientSettings withAnyCertificate() {
        return new ClientSettings(
                serverName, trusted, policy, alpn, connectTimeout, handshakeTimeout, engine, true);
    }
}
