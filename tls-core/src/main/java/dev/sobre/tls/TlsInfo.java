package dev.sobre.tls;

import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.ServerFlight;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * @param peer the other side's certificates, its own first, when they have been verified; empty
 *     where it showed none
 * @param names the mail addresses for which a verified client certificate stands
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
        List<String> names,
        Optional<Exporter> exporter) {

    public TlsInfo {
        peer = List.copyOf(peer);
        names = List.copyOf(names);
    }

    /** What an engine and the bytes that went by tell together. */
    static TlsInfo of(SslHandler engine, ServerFlight flight, Optional<String> serverName) {
        SSLSession session = engine.engine().getSession();
        boolean client = engine.engine().getUseClientMode();
        var verified = ClientTrustManager.verified(session);
        return new TlsInfo(
                session.getProtocol(),
                session.getCipherSuite(),
                flight.group().map(Numbers::group),
                flight.resumed(),
                serverName,
                Optional.ofNullable(engine.applicationProtocol()).filter(name -> !name.isEmpty()),
                client ? certificates(session) : verified.chain(),
                verified.names(),
                Exporter.of(engine.engine()));
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
