package dev.sobre.mail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salt and how often to iterate: with a password they give the keys of SCRAM-SHA-256.
 *
 * @param salt 16 octets
 */
@SuppressWarnings("ArrayRecordComponent") // equals looks into it; nobody changes it
public record ScramSalt(byte[] salt, int iterations) {

    // RFC 7677 §4: 4096 at least. The passwords are random, so that more would add nothing.
    private static final int ITERATIONS = 4096;
    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static ScramSalt random() {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return new ScramSalt(salt, ITERATIONS);
    }

    /** A salt that only who knows the secret can tell from a random one. */
    public static ScramSalt decoy(byte[] secret, String user) {
        byte[] name = Address.canonical(user).getBytes(StandardCharsets.UTF_8);
        return new ScramSalt(Arrays.copyOf(ScramHash.hmac(secret, name), SALT), ITERATIONS);
    }

    /** The keys of a password of printable ASCII, as ours are. Takes milliseconds. */
    public ScramKeys keys(String password) {
        byte[] salted = salted(password); // RFC 5802 §3
        byte[] client = ScramHash.hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
        byte[] server = ScramHash.hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
        return new ScramKeys(ScramHash.sha256(client), server);
    }

    private byte[] salted(String password) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramSalt that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return iterations + " times with " + HexFormat.of().formatHex(salt);
    }
}
