package dev.sobre.tls.lecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskKeyExchangeMode;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the client: it offers what it was told to, asks for a name, and takes any
 * certificate, which is judged afterwards: it has no secrets to tell the server.
 */
final class Lecturer extends DefaultTlsClient {
    private static final List<Integer> GROUPS =
            List.of(
                    NamedGroup.X25519MLKEM768,
                    NamedGroup.x25519,
                    NamedGroup.secp256r1,
                    NamedGroup.secp384r1);

    private final Offer offer;
    private final String serverName;
    private final boolean named;
    private final List<X509Certificate> chain = new ArrayList<>();

    Lecturer(RecordingCrypto crypto, Offer offer, String serverName, boolean named) {
        super(crypto);
        this.offer = offer;
        this.serverName = serverName;
        this.named = named;
    }

    /** What the server showed, as far as it can be read. */
    List<X509Certificate> chain() {
        return List.copyOf(chain);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return offer.versionArray();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return offer.suiteArray();
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    protected Vector getSupportedGroups(Vector roles) {
        // The hybrid is for TLS 1.3 alone.
        boolean hybrid = offer.versions().contains(ProtocolVersion.TLSv13);
        return new Vector<>(hybrid ? GROUPS : GROUPS.subList(1, GROUPS.size()));
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    public Vector getEarlyKeyShareGroups() {
        return new Vector<>(GROUPS.subList(0, 2)); // as browsers do
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    protected Vector getSupportedSignatureAlgorithms() {
        var all = new Vector<SignatureAndHashAlgorithm>();
        for (int scheme : offer.schemes()) {
            all.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return all;
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete", "NonApiType"}) // the library's own signature
    protected @Nullable Vector getSNIServerNames() {
        if (!named) return null; // an address is no name (RFC 6066 §3)
        byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
        return new Vector<>(List.of(new ServerName(NameType.host_name, name)));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete", "NonApiType"}) // as above
    public Hashtable getClientExtensions() throws IOException {
        var all = super.getClientExtensions();
        // RFC 8446 §4.2.9: without it a server sends no tickets, and there would be less to tell.
        if (offer.versions().contains(ProtocolVersion.TLSv13)) {
            TlsExtensionsUtils.addPSKKeyExchangeModesExtension(
                    all, new short[] {PskKeyExchangeMode.psk_dhe_ke});
        }
        return all;
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false; // judged afterwards
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new ServerOnlyTlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                var list = shown.getCertificate();
                for (int i = 0; i < list.getLength(); i++) {
                    read(list.getCertificateAt(i).getEncoded());
                }
            }
        };
    }

    private void read(byte[] der) {
        try {
            chain.add(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            chain.clear(); // nobody vouches for what nobody can read
        }
    }
}
