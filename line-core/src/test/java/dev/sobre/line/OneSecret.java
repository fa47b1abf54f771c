package dev.sobre.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.ScramSalt;
import dev.sobre.mail.ScramUser;
import dev.sobre.mail.memory.MemoryStore;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Knows one password of one user, which SCRAM may prove, too; and how a client does so. */
public record OneSecret(MemoryStore store, String user, String password) implements Authenticator {

    private static final ScramSalt SALT = new ScramSalt("a salt of the test".getBytes(UTF_8), 4096);

    @Override
    public boolean speaksScram() {
        return true;
    }

    @Override
    public Optional<ScramUser> scram(String name) {
        return Optional.of(new ScramUser(SALT, List.of(SALT.keys(password))));
    }

    @Override
    public Verdict verify(Credentials credentials, InetAddress peer) {
        return credentials instanceof Credentials.Scram
                        || credentials.equals(new Credentials.Password(user, password))
                ? new Verdict.Granted(store.account(user))
                : new Verdict.Denied();
    }

    /** What a client proves by that it knows a password. RFC 5802 §3. */
    public static String proof(String password, String message) throws GeneralSecurityException {
        var spec = new PBEKeySpec(password.toCharArray(), SALT.salt(), SALT.iterations(), 256);
        var keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        byte[] key = hmac(keys.generateSecret(spec).getEncoded(), "Client Key");
        byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(key), message);
        for (int i = 0; i < key.length; i++) key[i] ^= signature[i];
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(UTF_8));
    }
}
