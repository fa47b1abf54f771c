package dev.sobre.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A client of Bouncy Castle, which still offers what nobody should. */
final class BouncyPeer extends DefaultTlsClient {
    private final ProtocolVersion[] versions;
    private final int[] suites;
    private final List<Integer> groups;
    private List<Integer> signatures = List.of();

    BouncyPeer(ProtocolVersion version, int[] suites, List<Integer> groups) {
        super(new BcTlsCrypto(new SecureRandom()));
        this.versions = version.only();
        this.suites = suites;
        this.groups = groups;
        this.cipherSuites = suites; // the constructor above asked before they were set
        this.protocolVersions = versions;
    }

    /** Names these signature schemes (RFC 8446 §4.2.3), and not its usual ones. */
    BouncyPeer naming(List<Integer> schemes) {
        signatures = schemes;
        return this;
    }

    /** Shakes hands and goes away. */
    void connect(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var protocol = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
            protocol.connect(this);
            protocol.close();
        }
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return suites;
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    protected Vector getSupportedGroups(Vector roles) {
        return new Vector<>(groups);
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    protected Vector getSupportedSignatureAlgorithms() {
        if (signatures.isEmpty()) return super.getSupportedSignatureAlgorithms();
        var all = new Vector<SignatureAndHashAlgorithm>();
        for (int scheme : signatures) {
            all.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return all;
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    public Vector getEarlyKeyShareGroups() {
        return new Vector<>(groups.subList(0, 1));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new ServerOnlyTlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {
                // Any will do: these tests are about what comes before trust.
            }
        };
    }
}
