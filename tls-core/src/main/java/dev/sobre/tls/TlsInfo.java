package dev.sobre.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

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
 */
public record TlsInfo(
        String version,
        String suite,
        Optional<String> group,
        boolean resumed,
        Optional<String> serverName,
        Optional<String> applicationProtocol,
        List<X509Certificate> peer) {

    public TlsInfo {
        peer = List.copyOf(peer);
    }
}
