package dev.sobre.tls.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A private key in a PEM block, in each form that OpenSSL writes: PKCS#8 (RFC 5958), PKCS#1 (RFC
 * 8017 appendix A.1.2) and SEC1 (RFC 5915), each also locked with a passphrase.
 */
final class PemKey {
    private static final String PLAIN = "PRIVATE KEY";

    private PemKey() {}

    /** Whether a block is a private key of some kind. */
    static boolean is(PemBlock block) {
        return block.label().endsWith(PLAIN);
    }

    /** Whether a passphrase is needed to read it. */
    static boolean locked(PemBlock block) {
        return block.label().equals("ENCRYPTED " + PLAIN) || DekInfo.locks(block);
    }

    static PrivateKey read(PemBlock block, Optional<Passphrase> passphrase) throws PkiException {
        if (!locked(block)) return key(block.label(), block.octets(), "its key is damaged");
        var given =
                passphrase.orElseThrow(
                        () ->
                                new PkiException(
                                        "its key is locked with a passphrase, and none was given"));
        boolean old = DekInfo.locks(block);
        byte[] open =
                old
                        ? DekInfo.open(block, given.octets())
                        : LockedKey.open(block.octets(), given.octets());
        return key(old ? block.label() : PLAIN, open, LockedKey.WRONG);
    }

    /** A key as a block of its own, locked if there is a passphrase. */
    static PemBlock write(PrivateKey key, KeyForm form, Optional<Passphrase> passphrase)
            throws PkiException {
        try {
            if (form == KeyForm.TRADITIONAL) {
                var plain = traditional(PrivateKeyInfo.getInstance(key.getEncoded()));
                return passphrase.isEmpty()
                        ? plain
                        : DekInfo.seal(plain, passphrase.get().octets());
            }
            if (passphrase.isEmpty()) return PemBlock.of(PLAIN, key.getEncoded());
            return PemBlock.of(
                    "ENCRYPTED " + PLAIN,
                    LockedKey.seal(key.getEncoded(), passphrase.get().octets()));
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("cannot encode the key", e);
        }
    }

    private static PemBlock traditional(PrivateKeyInfo info) throws IOException, PkiException {
        var algorithm = info.getPrivateKeyAlgorithm();
        var kind = algorithm.getAlgorithm();
        byte[] key = info.parsePrivateKey().toASN1Primitive().getEncoded();
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return PemBlock.of("RSA " + PLAIN, key);
        }
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return PemBlock.of("EC " + PLAIN, sec1(ECPrivateKey.getInstance(key), algorithm));
        }
        throw new PkiException("only RSA and EC keys have a traditional form");
    }

    /** PKCS#8 names the curve outside of the key; SEC1 names it inside, as OpenSSL wants it. */
    private static byte[] sec1(ECPrivateKey key, AlgorithmIdentifier algorithm) throws IOException {
        int bits = key.getPrivateKey().getOctets().length * 8;
        return new ECPrivateKey(bits, key.getKey(), key.getPublicKey(), algorithm.getParameters())
                .getEncoded();
    }

    private static PrivateKey key(String label, byte[] der, String otherwise) throws PkiException {
        try {
            return key(info(label, der), otherwise);
        } catch (IOException | RuntimeException e) { // which of them, an ASN.1 parser never says
            throw new PkiException(otherwise, e);
        }
    }

    private static PrivateKeyInfo info(String label, byte[] der) throws IOException, PkiException {
        return switch (label) {
            case PLAIN -> PrivateKeyInfo.getInstance(der);
            case "RSA " + PLAIN -> {
                var rsa = org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(der);
                yield info(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, rsa);
            }
            case "EC " + PLAIN -> {
                var ec = ECPrivateKey.getInstance(der);
                var curve = ec.getParametersObject();
                if (curve == null) throw new PkiException("its EC key does not name its curve");
                yield info(X9ObjectIdentifiers.id_ecPublicKey, curve, ec);
            }
            case "OPENSSH " + PLAIN ->
                    throw new PkiException(
                            "its key is in OpenSSH's own form; turn a copy of it into PEM with:"
                                    + " ssh-keygen -p -m PKCS8 -f COPY");
            default -> throw new PkiException("a key of the kind " + label + " cannot be used");
        };
    }

    private static PrivateKeyInfo info(
            ASN1ObjectIdentifier kind, ASN1Encodable parameters, ASN1Encodable key)
            throws IOException {
        return new PrivateKeyInfo(new AlgorithmIdentifier(kind, parameters), key);
    }

    private static PrivateKey key(PrivateKeyInfo info, String otherwise)
            throws PkiException, IOException {
        var kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        try {
            return KeyFactory.getInstance(name(kind))
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new PkiException(otherwise + ": " + e.getMessage(), e);
        }
    }

    private static String name(ASN1ObjectIdentifier kind) throws PkiException {
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) return "RSA";
        if (kind.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) return "RSASSA-PSS";
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) return "EC";
        if (kind.equals(EdECObjectIdentifiers.id_Ed25519)) return "Ed25519";
        if (kind.equals(EdECObjectIdentifiers.id_Ed448)) return "Ed448";
        throw new PkiException(
                "its key is of a kind that certificates of servers do not have ("
                        + kind
                        + "); EC, RSA and Ed25519 are known");
    }
}
