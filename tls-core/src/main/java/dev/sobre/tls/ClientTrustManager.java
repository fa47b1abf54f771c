package dev.sobre.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/** A {@link ClientTrust} as engines ask it; notes in the session who has been verified. */
final class ClientTrustManager extends X509ExtendedTrustManager {
    private static final String VERIFIED = "dev.sobre.tls.verified";

    private final ClientTrust trust;
    private final Function<ClientRefused, CertificateException> told;

    /**
     * @param told puts a refusal into the form in which the engine derives the right alert from it
     */
    ClientTrustManager(ClientTrust trust, Function<ClientRefused, CertificateException> told) {
        this.trust = trust;
        this.told = told;
    }

    /**
     * A client whose chain holds.
     *
     * @param chain its own certificate first, without the authority and without whatever else it
     *     may have sent
     * @param names mail addresses for which the certificate stands
     */
    record Verified(List<X509Certificate> chain, List<String> names) {
        static final Verified NOBODY = new Verified(List.of(), List.of());
    }

    /** Who was verified in a session; nobody where no certificate was shown. */
    static Verified verified(SSLSession session) {
        return session.getValue(VERIFIED) instanceof Verified who ? who : Verified.NOBODY;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        try {
            var path = new ClientCheck(trust, Instant.now()).path(chain);
            engine.getHandshakeSession()
                    .putValue(VERIFIED, new Verified(path, trust.names().of(path.getFirst())));
        } catch (ClientRefused refused) {
            throw told.apply(refused);
        }
    }

    /** RFC 8446 §4.2.4, RFC 5246 §7.4.4: whose names are sent to clients. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.authorities().now().toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw neverAsked();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw neverAsked();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw neverAsked();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw neverAsked();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw neverAsked();
    }

    private static CertificateException neverAsked() {
        return new CertificateException("this is a server's engine");
    }
}
