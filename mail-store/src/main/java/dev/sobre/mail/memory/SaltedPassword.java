package dev.sobre.mail.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A password as this store keeps it: {@code {SSHA256}}, then SHA-256 of password and salt, then the
 * salt, in base64. It is fast to check, which suits tests; it never leaves the process.
 */
final class SaltedPassword {

    private static final String SCHEME = "{SSHA256}";
    private static final String PLAIN = "{PLAIN}";
    private static final int DIGEST = 32;
    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What an unknown user's password is compared with: as much work, and never right. */
    static final String NOBODY = of(Base64.getEncoder().encodeToString(RANDOM.generateSeed(32)));

    private SaltedPassword() {}

    static String of(String password) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        byte[] all = Arrays.copyOf(digest(password, salt), DIGEST + SALT);
        System.arraycopy(salt, 0, all, DIGEST, SALT);
        return SCHEME + Base64.getEncoder().encodeToString(all);
    }

    /** Whether a stored password is in a form that can be checked here. */
    static boolean known(String stored) {
        boolean marked = stored.startsWith("{") || stored.startsWith("$");
        return stored.startsWith(SCHEME) || stored.startsWith(PLAIN) || !marked;
    }

    /** Compares in a time that does not depend on where a difference is. */
    static boolean matches(String stored, String given) {
        String salted = stored.startsWith(SCHEME) ? stored : of(unmarked(stored));
        byte[] all = Base64.getDecoder().decode(salted.substring(SCHEME.length()));
        byte[] salt = Arrays.copyOfRange(all, DIGEST, all.length);
        return MessageDigest.isEqual(Arrays.copyOf(all, DIGEST), digest(given, salt));
    }

    private static String unmarked(String plain) {
        return plain.startsWith(PLAIN) ? plain.substring(PLAIN.length()) : plain;
    }

    private static byte[] digest(String password, byte[] salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(password.getBytes(StandardCharsets.UTF_8));
            return sha.digest(salt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
