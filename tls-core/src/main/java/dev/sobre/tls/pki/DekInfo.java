package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;

/**
 * The old way to lock a key, {@code openssl -traditional}: the cipher and its IV in header fields,
 * the key made of the passphrase by one round of MD5. RFC 1421 §4.6.1.3 has the fields; the rest is
 * OpenSSL's.
 */
final class DekInfo {
    private static final String FIELD = "DEK-Info";
    private static final int SALT = 8;
    private static final BlockCipher SEALS = BlockCipher.AES_256;

    private DekInfo() {}

    static boolean locks(PemBlock block) {
        return block.headers().containsKey(FIELD);
    }

    static byte[] open(PemBlock block, byte[] passphrase) throws PkiException {
        String[] field = block.headers().getOrDefault(FIELD, "").split(",", 2);
        String name = field[0].strip().toUpperCase(Locale.ROOT);
        var cipher =
                BlockCipher.named(name)
                        .orElseThrow(
                                () ->
                                        new PkiException(
                                                "its key is locked with "
                                                        + name
                                                        + "; AES and DES-EDE3 in CBC are known"));
        byte[] iv;
        try {
            iv = HexFormat.of().parseHex(field.length < 2 ? "" : field[1].strip());
        } catch (IllegalArgumentException e) {
            throw new PkiException("its field " + FIELD + " is damaged", e);
        }
        if (iv.length != cipher.block()) throw new PkiException("its field DEK-Info is damaged");
        try {
            return cipher.run(
                    Cipher.DECRYPT_MODE, derive(passphrase, iv, cipher.key()), iv, block.octets());
        } catch (GeneralSecurityException e) {
            throw new PkiException(LockedKey.WRONG, e);
        }
    }

    /** Locks with AES-256. */
    static PemBlock seal(PemBlock plain, byte[] passphrase) throws GeneralSecurityException {
        byte[] iv = new byte[SEALS.block()];
        new SecureRandom().nextBytes(iv);
        byte[] key = derive(passphrase, iv, SEALS.key());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Proc-Type", "4,ENCRYPTED");
        fields.put(FIELD, SEALS.opensslName() + "," + HexFormat.of().withUpperCase().formatHex(iv));
        return new PemBlock(
                plain.label(), fields, SEALS.run(Cipher.ENCRYPT_MODE, key, iv, plain.octets()));
    }

    /** EVP_BytesToKey with MD5, one round, salted with the start of the IV. */
    private static byte[] derive(byte[] passphrase, byte[] iv, int length)
            throws GeneralSecurityException {
        var md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] last = {};
        for (int made = 0; made < length; made += last.length) {
            md5.update(last);
            md5.update(passphrase);
            md5.update(iv, 0, SALT);
            last = md5.digest();
            System.arraycopy(last, 0, key, made, Math.min(last.length, length - made));
        }
        Arrays.fill(last, (byte) 0);
        return key;
    }
}
