package dev.sobre.tls.pki;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the tests, which also signs what it should not. */
public record Authority(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
    private static long serial = 1;

    public static Authority root(String name) throws Exception {
        var keys = ec();
        var subject = new X500Name("CN=" + name);
        var made = new Order(subject, keys.getPublic()).authority();
        return new Authority(keys, made.signed(subject, keys, "SHA256withECDSA"), List.of());
    }

    /** An authority below this one. */
    public Authority sub(String name) throws Exception {
        var pair = ec();
        var made = order("CN=" + name, pair.getPublic()).authority();
        var chain = new ArrayList<>(List.of(certificate));
        chain.addAll(above);
        return new Authority(pair, sign(made), chain);
    }

    /** An ordinary server's key with its chain, the root left out. */
    public KeyAndChain server(String... names) throws Exception {
        var pair = ec();
        return chain(pair, sign(order("CN=" + names[0], pair.getPublic()).named(names)));
    }

    public KeyAndChain server(KeyPair pair, Instant from, Instant to, String... names)
            throws Exception {
        return chain(
                pair, sign(order("CN=" + names[0], pair.getPublic()).named(names).time(from, to)));
    }

    /** One that may answer for this authority by OCSP. RFC 6960 §4.2.2.2. */
    public KeyAndChain responder(KeyPurposeId purpose) throws Exception {
        var pair = ec();
        return chain(pair, sign(order("CN=responder", pair.getPublic()).purpose(purpose)));
    }

    public Order order(String subject, PublicKey key) {
        return new Order(new X500Name(subject), key);
    }

    public X509Certificate sign(Order order) throws Exception {
        return sign(order, "SHA256withECDSA");
    }

    public X509Certificate sign(Order order, String algorithm) throws Exception {
        return order.signed(Names.subject(certificate), keys, algorithm);
    }

    public KeyAndChain chain(KeyPair pair, X509Certificate leaf) {
        var chain = new ArrayList<>(List.of(leaf));
        if (!above.isEmpty()) chain.add(certificate);
        above.stream().filter(c -> !Chains.selfSigned(c)).forEach(chain::add);
        return new KeyAndChain(pair.getPrivate(), chain);
    }

    public static KeyPair ec() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    public static KeyPair rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /** What a certificate shall say. */
    public static final class Order {
        private final X500Name subject;
        private final PublicKey key;
        private final List<Part> parts = new ArrayList<>();
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant to = from.plus(Duration.ofDays(90));

        private record Part(
                org.bouncycastle.asn1.ASN1ObjectIdentifier kind,
                boolean critical,
                org.bouncycastle.asn1.ASN1Encodable value) {}

        Order(X500Name subject, PublicKey key) {
            this.subject = subject;
            this.key = key;
        }

        public Order named(String... names) {
            parts.add(
                    new Part(
                            Extension.subjectAlternativeName,
                            false,
                            SubjectNames.of(List.of(names))));
            return this;
        }

        public Order time(Instant notBefore, Instant notAfter) {
            from = notBefore;
            to = notAfter;
            return this;
        }

        public Order purpose(KeyPurposeId purpose) {
            parts.add(new Part(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
            return this;
        }

        Order authority() {
            parts.add(new Part(Extension.basicConstraints, true, new BasicConstraints(true)));
            return time(from, from.plus(Duration.ofDays(3650)));
        }

        X509Certificate signed(X500Name issuer, KeyPair by, String algorithm) throws Exception {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(next()),
                            Date.from(from),
                            Date.from(to),
                            subject,
                            key);
            for (Part part : parts) builder.addExtension(part.kind, part.critical, part.value);
            var signer = new JcaContentSignerBuilder(algorithm).build(by.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        }

        private static synchronized long next() {
            return ++serial;
        }
    }
}
