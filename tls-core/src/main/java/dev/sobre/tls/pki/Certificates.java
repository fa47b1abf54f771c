package dev.sobre.tls.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** Makes the two kinds of certificate that a home needs: a server's and its authority's. */
final class Certificates {
    /** What browsers and phones accept at most for a server. */
    static final Duration SERVER_LIFE = Duration.ofDays(397);

    static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

    /** Clocks of other machines may be behind ours. */
    private static final Duration CLOCK_SLACK = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    /** What a server's certificate shall say. */
    record Leaf(X500Name subject, List<String> names, PublicKey key, Duration life) {}

    /** Who signs a certificate. */
    record Issuer(X500Name name, PublicKey key, PrivateKey sign) {}

    static X509Certificate server(Leaf leaf, Issuer by) throws GeneralSecurityException {
        try {
            var certificate =
                    begin(by.name(), leaf.subject(), leaf.key(), by.key(), leaf.life())
                            .addExtension(
                                    Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(
                                    Extension.extendedKeyUsage,
                                    false,
                                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    SubjectNames.of(leaf.names()));
            return sign((JcaX509v3CertificateBuilder) certificate, by.sign());
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static X509Certificate authority(
            X500Name subject, NameConstraints names, PublicKey key, PrivateKey sign)
            throws GeneralSecurityException {
        try {
            var certificate =
                    begin(subject, subject, key, key, AUTHORITY_LIFE)
                            // RFC 5280 §4.2.1.9: no further authority below this one.
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                            .addExtension(Extension.nameConstraints, true, names);
            return sign((JcaX509v3CertificateBuilder) certificate, sign);
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static String first(List<String> names) {
        if (names.isEmpty()) throw new IllegalArgumentException("a certificate needs a name");
        return names.getFirst();
    }

    private static JcaX509v3CertificateBuilder begin(
            X500Name issuer, X500Name subject, PublicKey key, PublicKey issuerKey, Duration life)
            throws GeneralSecurityException, CertIOException {
        Instant start = Instant.now().minus(CLOCK_SLACK);
        var builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(126, RANDOM).setBit(126),
                        Date.from(start),
                        Date.from(start.plus(life)),
                        subject,
                        key);
        var ids = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(issuerKey));
        return builder;
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(Keys.signer(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
