package dev.sobre.tls.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.util.DigestFactory;

/**
 * A PKCS#8 key locked with a passphrase: PBES2 with PBKDF2 (RFC 8018) or scrypt (RFC 7914), and for
 * reading also what OpenSSL made before PBES2.
 */
final class LockedKey {
    static final String WRONG = "the passphrase does not open its key";

    private static final BlockCipher SEALS = BlockCipher.AES_256;
    private static final int SEAL_ROUNDS = 600_000;

    // What a hostile file may cost us: some seconds, and 128 MiB.
    private static final BigInteger MOST_ROUNDS = BigInteger.valueOf(10_000_000);
    private static final long MOST_SCRYPT_BLOCKS = 1 << 20;
    private static final long MOST_SCRYPT_WORK = 1 << 22;

    private LockedKey() {}

    /** The plain PKCS#8 key, or rubbish for one wrong passphrase in 256. */
    static byte[] open(byte[] der, byte[] passphrase) throws PkiException {
        try {
            var locked = EncryptedPrivateKeyInfo.getInstance(der);
            var scheme = locked.getEncryptionAlgorithm();
            return scheme.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                    ? pbes2(scheme, locked.getEncryptedData(), passphrase)
                    : beforePbes2(der, passphrase);
        } catch (GeneralSecurityException e) {
            throw new PkiException(WRONG, e);
        } catch (IOException | RuntimeException e) { // which of them, an ASN.1 parser never says
            throw new PkiException("its locked key is damaged", e);
        }
    }

    /** Locks a PKCS#8 key with AES-256, its key made by 600,000 rounds of HMAC-SHA256. */
    static byte[] seal(byte[] pkcs8, byte[] passphrase)
            throws GeneralSecurityException, IOException, PkiException {
        var random = new SecureRandom();
        byte[] salt = new byte[16];
        byte[] iv = new byte[SEALS.block()];
        random.nextBytes(salt);
        random.nextBytes(iv);
        var derivation =
                new PBKDF2Params(
                        salt,
                        SEAL_ROUNDS,
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
        var scheme =
                new PBES2Parameters(
                        new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
                        new EncryptionScheme(SEALS.oid(), new DEROctetString(iv)));
        byte[] key = pbkdf2(derivation, passphrase, SEALS.key());
        return new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, scheme),
                        SEALS.run(Cipher.ENCRYPT_MODE, key, iv, pkcs8))
                .getEncoded();
    }

    private static byte[] pbes2(AlgorithmIdentifier scheme, byte[] octets, byte[] passphrase)
            throws GeneralSecurityException, PkiException {
        var parameters = PBES2Parameters.getInstance(scheme.getParameters());
        var encryption = parameters.getEncryptionScheme();
        var cipher =
                BlockCipher.of(encryption.getAlgorithm())
                        .orElseThrow(
                                () ->
                                        new PkiException(
                                                "its key is locked with the cipher "
                                                        + encryption.getAlgorithm()
                                                        + "; AES and 3DES in CBC are known"));
        byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
        if (iv.length != cipher.block()) throw new IllegalArgumentException("IV of odd length");
        byte[] key = derive(parameters.getKeyDerivationFunc(), passphrase, cipher.key());
        return cipher.run(Cipher.DECRYPT_MODE, key, iv, octets);
    }

    private static byte[] derive(KeyDerivationFunc function, byte[] passphrase, int length)
            throws PkiException {
        var kind = function.getAlgorithm();
        if (kind.equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            return pbkdf2(PBKDF2Params.getInstance(function.getParameters()), passphrase, length);
        }
        if (kind.equals(MiscObjectIdentifiers.id_scrypt)) {
            return scrypt(ScryptParams.getInstance(function.getParameters()), passphrase, length);
        }
        throw new PkiException(
                "its key is locked by the function " + kind + "; PBKDF2 and scrypt are known");
    }

    private static byte[] pbkdf2(PBKDF2Params how, byte[] passphrase, int length)
            throws PkiException {
        var prf = how.getPrf().getAlgorithm();
        var digest =
                switch (prf.getId()) {
                    case "1.2.840.113549.2.7" -> DigestFactory.createSHA1();
                    case "1.2.840.113549.2.8" -> DigestFactory.createSHA224();
                    case "1.2.840.113549.2.9" -> DigestFactory.createSHA256();
                    case "1.2.840.113549.2.10" -> DigestFactory.createSHA384();
                    case "1.2.840.113549.2.11" -> DigestFactory.createSHA512();
                    default -> throw new PkiException("its key is locked with the hash " + prf);
                };
        var generator = new PKCS5S2ParametersGenerator(digest);
        generator.init(passphrase, how.getSalt(), bounded(how.getIterationCount()));
        return ((KeyParameter) generator.generateDerivedMacParameters(length * 8)).getKey();
    }

    private static byte[] scrypt(ScryptParams how, byte[] passphrase, int length)
            throws PkiException {
        int cost = bounded(how.getCostParameter());
        int block = bounded(how.getBlockSize());
        int lanes = bounded(how.getParallelizationParameter());
        long blocks = (long) cost * block;
        if (blocks > MOST_SCRYPT_BLOCKS || blocks * lanes > MOST_SCRYPT_WORK) throw tooMuch();
        return SCrypt.generate(passphrase, how.getSalt(), cost, block, lanes, length);
    }

    /** What OpenSSL made before PBES2, such as PBE-SHA1-3DES: as far as Java knows it. */
    private static byte[] beforePbes2(byte[] der, byte[] passphrase)
            throws GeneralSecurityException, IOException, PkiException {
        var locked = new javax.crypto.EncryptedPrivateKeyInfo(der);
        var parameters = locked.getAlgParameters();
        if (parameters == null) {
            throw new PkiException("its key is locked with the unknown " + locked.getAlgName());
        }
        int rounds = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
        bounded(BigInteger.valueOf(rounds));
        char[] text = new String(passphrase, StandardCharsets.UTF_8).toCharArray();
        var key =
                SecretKeyFactory.getInstance(locked.getAlgName())
                        .generateSecret(new PBEKeySpec(text));
        return locked.getKeySpec(key).getEncoded();
    }

    private static int bounded(BigInteger work) throws PkiException {
        if (work.signum() <= 0) throw new IllegalArgumentException("no work");
        if (work.compareTo(MOST_ROUNDS) > 0) throw tooMuch();
        return work.intValueExact();
    }

    private static PkiException tooMuch() {
        return new PkiException("its key is locked by more work than this program will do");
    }
}
