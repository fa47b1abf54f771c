package dev.sobre.tls.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** A response that an authority of the tests gives; good for a week where nothing else is said. */
public record Ocsp(
        Authority issuer,
        X509Certificate of,
        KeyAndChain signer,
        @Nullable CertificateStatus status,
        Instant from,
        @Nullable Instant until) {

    public Ocsp(Authority issuer, X509Certificate of, Instant now) {
        this(
                issuer,
                of,
                new KeyAndChain(
                        issuer.keys().getPrivate(), java.util.List.of(issuer.certificate())),
                CertificateStatus.GOOD,
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(7)));
    }

    public Ocsp by(KeyAndChain other) {
        return new Ocsp(issuer, of, other, status, from, until);
    }

    public Ocsp says(CertificateStatus other) {
        return new Ocsp(issuer, of, signer, other, from, until);
    }

    public Ocsp time(Instant since, @Nullable Instant end) {
        return new Ocsp(issuer, of, signer, status, since, end);
    }

    public byte[] bytes() throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var id =
                new CertificateID(
                        digests.get(CertificateID.HASH_SHA1),
                        new JcaX509CertificateHolder(issuer.certificate()),
                        of.getSerialNumber());
        var by = new JcaX509CertificateHolder(signer.certificate());
        var builder = new BasicOCSPRespBuilder(new RespID(by.getSubject()));
        builder.addResponse(
                id, status, Date.from(from), until == null ? null : Date.from(until), null);
        var basic =
                builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key()),
                        new X509CertificateHolder[] {by},
                        Date.from(from));
        return new OCSPRespBuilder().build(OCSPResp.SUCCESSFUL, basic).getEncoded();
    }
}
