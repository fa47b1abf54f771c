package dev.sobre.tls;

import dev.sobre.tls.pki.KeyAndChain;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the tests: issues client certificates of every kind and revokes them. */
public final class ClientAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1000);
    private static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

    private final PrivateKey key;
    private final List<X509Certificate> chain; // own first, without the root

    private final X509Certificate own;

    private ClientAuthority(PrivateKey key, X509Certificate own, List<X509Certificate> chain) {
        this.key = key;
        this.own = own;
        this.chain = chain;
    }

    /** What a client certificate shall say. */
    public record Wish(
            String subject,
            List<GeneralName> names,
            Instant from,
            Instant to,
            int usage,
            List<KeyPurposeId> purposes) {

        public Wish withSubject(String other) {
            return new Wish(other, names, from, to, usage, purposes);
        }

        public Wish withEmails(String... addresses) {
            var all = Stream.of(addresses).map(a -> new GeneralName(GeneralName.rfc822Name, a));
            return new Wish(subject, all.toList(), from, to, usage, purposes);
        }

        public Wish withNames(GeneralName... others) {
            return new Wish(subject, List.of(others), from, to, usage, purposes);
        }

        public Wish valid(Duration from, Duration to) {
            var now = Instant.now();
            return new Wish(subject, names, now.plus(from), now.plus(to), usage, purposes);
        }

        public Wish withUsage(int bits) {
            return new Wish(subject, names, from, to, bits, purposes);
        }

        public Wish withPurposes(KeyPurposeId... others) {
            return new Wish(subject, names, from, to, usage, List.of(others));
        }
    }

    /** For TLS clients, for an hour, for this mail address. */
    public static Wish wish(String email) {
        return new Wish(
                        "CN=" + email.replaceAll("[^A-Za-z]", " ").strip(),
                        List.of(),
                        Instant.now().minusSeconds(60),
                        Instant.now().plusSeconds(3600),
                        KeyUsage.digitalSignature,
                        List.of(KeyPurposeId.id_kp_clientAuth))
                .withEmails(email);
    }

    public static GeneralName international(String address) {
        return new GeneralName(
                GeneralName.otherName,
                new OtherName(
                        new ASN1ObjectIdentifier(SMTP_UTF8_MAILBOX), new DERUTF8String(address)));
    }

    public static ClientAuthority root(String subject) throws Exception {
        KeyPair pair = pair();
        var own = certify(subject, pair, subject, pair.getPrivate(), Duration.ofHours(1));
        return new ClientAuthority(pair.getPrivate(), own, List.of());
    }

    /** A root whose own certificate has expired. */
    static ClientAuthority expired(String subject) throws Exception {
        KeyPair pair = pair();
        var own = certify(subject, pair, subject, pair.getPrivate(), Duration.ofSeconds(-5));
        return new ClientAuthority(pair.getPrivate(), own, List.of());
    }

    /** A root that may vouch for mail addresses of one domain alone. */
    static ClientAuthority constrained(String subject, String domain) throws Exception {
        KeyPair pair = pair();
        var builder = begin(subject, pair, subject, Duration.ofHours(1));
        var permitted = new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, domain));
        builder.addExtension(
                Extension.nameConstraints,
                true,
                new NameConstraints(new GeneralSubtree[] {permitted}, null));
        return new ClientAuthority(pair.getPrivate(), sign(builder, pair.getPrivate()), List.of());
    }

    /** An intermediate authority. */
    ClientAuthority below(String subject) throws Exception {
        KeyPair pair = pair();
        String issuer = own.getSubjectX500Principal().getName();
        var next = certify(subject, pair, issuer, key, Duration.ofHours(1));
        var all = new ArrayList<>(List.of(next));
        all.addAll(chain);
        return new ClientAuthority(pair.getPrivate(), next, List.copyOf(all));
    }

    /** An intermediate authority whose own certificate has expired. */
    ClientAuthority expiredBelow(String subject) throws Exception {
        KeyPair pair = pair();
        String issuer = own.getSubjectX500Principal().getName();
        var next = certify(subject, pair, issuer, key, Duration.ofSeconds(-5));
        return new ClientAuthority(pair.getPrivate(), next, List.of(next));
    }

    /** Another certificate of the same name and key. */
    X509Certificate again() throws Exception {
        String subject = own.getSubjectX500Principal().getName();
        var pair = new KeyPair(own.getPublicKey(), key);
        return certify(subject, pair, subject, key, Duration.ofHours(1));
    }

    /** A client that issues certificates, as if it were an authority. */
    ClientAuthority client(String email) throws Exception {
        var keys = issue(wish(email));
        return new ClientAuthority(keys.key(), keys.certificate(), keys.chain());
    }

    public X509Certificate certificate() {
        return own;
    }

    public KeyAndChain issue(Wish wish) throws Exception {
        KeyPair pair = pair();
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(own.getSubjectX500Principal().getName()),
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(wish.from()),
                        Date.from(wish.to()),
                        new X500Name(wish.subject()),
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        if (wish.usage() != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.usage()));
        }
        if (!wish.purposes().isEmpty()) {
            var purposes = wish.purposes().toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        if (!wish.names().isEmpty()) {
            var names = new GeneralNames(wish.names().toArray(GeneralName[]::new));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        var all = new ArrayList<>(List.of(sign(builder, key)));
        all.addAll(chain);
        return new KeyAndChain(pair.getPrivate(), all);
    }

    /** Writes a list in PEM, which is current until a time from now. */
    public Path revoke(Path file, Duration until, X509Certificate... revoked) throws Exception {
        var builder =
                new X509v2CRLBuilder(
                        new X500Name(own.getSubjectX500Principal().getName()),
                        Date.from(Instant.now().minusSeconds(7200)));
        builder.setNextUpdate(Date.from(Instant.now().plus(until)));
        for (X509Certificate each : revoked) {
            builder.addCRLEntry(
                    each.getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return pem(file, builder.build(signer));
    }

    /** Writes certificates, keys or lists in PEM. */
    public static Path pem(Path file, Object... what) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object each : what) writer.writeObject(each);
        }
        return Files.writeString(file, text.toString());
    }

    private static X509Certificate certify(
            String subject, KeyPair pair, String issuer, PrivateKey by, Duration life)
            throws Exception {
        return sign(begin(subject, pair, issuer, life), by);
    }

    private static JcaX509v3CertificateBuilder begin(
            String subject, KeyPair pair, String issuer, Duration life) throws Exception {
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(Instant.now().minusSeconds(7200)),
                        Date.from(Instant.now().plus(life)),
                        new X500Name(subject),
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return builder;
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey by)
            throws Exception {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair pair() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
