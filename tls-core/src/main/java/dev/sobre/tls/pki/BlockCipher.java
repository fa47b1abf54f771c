package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** The ciphers that lock keys, all in CBC mode. */
enum BlockCipher {
    AES_128("AES-128-CBC", "AES", 16, 16, NISTObjectIdentifiers.id_aes128_CBC),
    AES_192("AES-192-CBC", "AES", 24, 16, NISTObjectIdentifiers.id_aes192_CBC),
    AES_256("AES-256-CBC", "AES", 32, 16, NISTObjectIdentifiers.id_aes256_CBC),
    TRIPLE_DES("DES-EDE3-CBC", "DESede", 24, 8, PKCSObjectIdentifiers.des_EDE3_CBC);

    private final String opensslName;
    private final String algorithm;
    private final int key;
    private final int block;
    private final String oid;

    BlockCipher(
            String opensslName, String algorithm, int key, int block, ASN1ObjectIdentifier oid) {
        this.opensslName = opensslName;
        this.algorithm = algorithm;
        this.key = key;
        this.block = block;
        this.oid = oid.getId();
    }

    static Optional<BlockCipher> named(String opensslName) {
        return Stream.of(values()).filter(c -> c.opensslName.equals(opensslName)).findFirst();
    }

    static Optional<BlockCipher> of(ASN1ObjectIdentifier oid) {
        return Stream.of(values()).filter(c -> c.oid.equals(oid.getId())).findFirst();
    }

    String opensslName() {
        return opensslName;
    }

    ASN1ObjectIdentifier oid() {
        return new ASN1ObjectIdentifier(oid);
    }

    /** Octets of its key. */
    int key() {
        return key;
    }

    /** Octets of a block and of the IV. */
    int block() {
        return block;
    }

    byte[] run(int mode, byte[] secret, byte[] iv, byte[] octets) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(secret, algorithm), new IvParameterSpec(iv));
        return cipher.doFinal(octets);
    }
}
