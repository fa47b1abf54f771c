package dev.sobre.tls;

import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.ServerFlight;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What a finished handshake agreed on.
 *
 * @param version {@code TLSv1.3} or {@code TLSv1.2}
 * @param suite the cipher suite by its IANA name
 * @param group the key exchange group, where it was seen
 * @param resumed whether an earlier session was continued
 * @param serverName the name the client asked for
 * @param applicationProtocol what ALPN chose
 * @param peer the other side's certificates, its own first; empty where it showed none
 * @param exporter keys and a channel binding of this very connection; none in TLS 1.2
 */
public record TlsInfo(
        String version,
        String suite,
        Optional<String> group,
        boolean resumed,
        Optional<String> serverName,
        Optional<String> applicationProtocol,
        List<X509Certificate> peer,
        Optional<Exporter> exporter) {

    public TlsInfo {
        peer = List.copyOf(peer);
    }

    /** What an engine and the bytes that went by tell together. */
    static TlsInfo of(SslHandler engine, ServerFlight flight, Optional<String> serverName) {
        SSLSession session = engine.engine().getSession();
        return new TlsInfo(
                session.getProtocol(),
                session.getCipherSuite(),
                flight.group().map(Numbers::group),
                flight.resumed(),
                serverName,
                Optional.ofNullable(engine.applicationProtocol()).filter(name -> !name.isEmpty()),
                showsCertificate(engine.engine()) ? certificates(session) : List.of(),
                Exporter.of(engine.engine()));
    }

    /** A server that asked for none need not look, which would cost an exception. */
    private static boolean showsCertificate(SSLEngine engine) {
        return engine.getUseClientMode()
                || engine.getNeedClientAuth()
                || engine.getWantClientAuth();
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // the usual case of a server: clients log in with a password
        }
    }
}
