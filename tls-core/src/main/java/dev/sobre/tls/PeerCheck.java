package dev.sobre.tls;

import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.pki.Names;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.CertificateVerifier;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's check of a server's certificate, which says in plain words why it failed. */
public final class PeerCheck extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager jdk;
    private final String serverName;

    private PeerCheck(X509ExtendedTrustManager jdk, String serverName) {
        this.jdk = jdk;
        this.serverName = serverName;
    }

    /** Trusts these certificates, or the JDK's authorities where there are none. */
    static PeerCheck of(List<X509Certificate> trusted, String serverName) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted.isEmpty() ? null : store(trusted));
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .map(jdk -> new PeerCheck(jdk, serverName))
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the trusted certificates do not work: " + e, e);
        }
    }

    /**
     * Why a server's chain, its own certificate first, is not to be trusted; empty where it is.
     *
     * @param trusted empty: the JDK's authorities
     */
    public static Optional<DialFailed> complaint(
            List<X509Certificate> chain, List<X509Certificate> trusted, String serverName) {
        if (chain.isEmpty()) return Optional.empty();
        var check = of(trusted, serverName);
        var all = chain.toArray(X509Certificate[]::new);
        try {
            check.jdk.checkServerTrusted(all, "UNKNOWN"); // by whatever key exchange
            inTime(all);
            if (Names.match(all[0], serverName)) return Optional.empty();
            throw new CertificateException("the name does not match");
        } catch (CertificateException e) {
            var refused = check.explained(all, "UNKNOWN", e);
            String sentence = String.valueOf(refused.getMessage());
            return Optional.of(new DialFailed(refused.code, sentence, refused.chain, refused));
        }
    }

    /** A certificate that was refused, with the reason for people. */
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1;

        final Code code;
        final transient List<X509Certificate> chain;

        Refused(Code code, String sentence, X509Certificate[] chain, CertificateException cause) {
            super(sentence, cause);
            this.code = code;
            this.chain = List.of(chain);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, kind, engine);
            inTime(chain);
        } catch (CertificateException e) {
            Refused refused = explained(chain, kind, e);
            throw engine instanceof ReferenceCountedOpenSslEngine ? coded(refused) : refused;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        jdk.checkServerTrusted(chain, kind, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        jdk.checkServerTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        jdk.checkClientTrusted(chain, kind, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        jdk.checkClientTrusted(chain, kind, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        jdk.checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    /** The JDK does not look at the dates of a certificate that is itself among those trusted. */
    private static void inTime(X509Certificate[] chain) throws CertificateException {
        chain[0].checkValidity();
    }

    private Refused explained(X509Certificate[] chain, String kind, CertificateException cause) {
        X509Certificate own = chain[0];
        Instant now = Instant.now();
        Instant from = own.getNotBefore().toInstant();
        Instant to = own.getNotAfter().toInstant();
        if (now.isAfter(to)) {
            return new Refused(Code.EXPIRED, "the certificate expired on " + day(to), chain, cause);
        }
        if (now.isBefore(from)) {
            return new Refused(
                    Code.NOT_YET_VALID,
                    "the certificate is not valid before " + day(from),
                    chain,
                    cause);
        }
        if (trustedButForTheName(chain, kind)) {
            return new Refused(
                    Code.NAME_MISMATCH,
                    "the certificate is for "
                            + String.join(", ", Names.of(own))
                            + ", not for "
                            + serverName,
                    chain,
                    cause);
        }
        return new Refused(Code.UNTRUSTED, untrusted(chain, cause), chain, cause);
    }

    /** With the code from which BoringSSL chooses its alert; without one, it is internal_error. */
    private static OpenSslCertificateException coded(Refused why) {
        int error =
                switch (why.code) {
                    case EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
                    case NOT_YET_VALID -> CertificateVerifier.X509_V_ERR_CERT_NOT_YET_VALID;
                    case UNTRUSTED ->
                            CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
                    default -> CertificateVerifier.X509_V_ERR_CERT_REJECTED;
                };
        return new OpenSslCertificateException(why.getMessage(), why, error);
    }

    private boolean trustedButForTheName(X509Certificate[] chain, String kind) {
        try {
            jdk.checkServerTrusted(chain, kind); // without a connection: no name to compare
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static String untrusted(X509Certificate[] chain, CertificateException cause) {
        X509Certificate last = chain[chain.length - 1];
        if (chain.length == 1
                && last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            return "the certificate is self-signed and not among those trusted here";
        }
        String reason = String.valueOf(cause.getMessage());
        return reason.contains("unable to find valid certification path")
                ? "nobody trusted here vouches for the certificate, which was issued by "
                        + last.getIssuerX500Principal().getName()
                : "the certificate does not hold: " + reason;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static KeyStore store(List<X509Certificate> trusted)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("trusted-" + i, trusted.get(i));
        }
        return store;
    }
}
