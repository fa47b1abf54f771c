package dev.sobre.line.sasl;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2 hash (RFC 9106) and what it was made with, of the PHC string form {@code
 * $argon2id$v=19$m=…,t=…,p=…$salt$hash}.
 *
 * @param type {@link Argon2Parameters#ARGON2_id} or {@link Argon2Parameters#ARGON2_i}
 * @param version 0x10 or 0x13
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Argon2Hash(int type, int version, Argon2Cost cost, byte[] salt, byte[] hash)
        implements StoredPassword {

    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2(id|i)(?:\\$v=(16|19))?\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the password of a user who does not exist is compared with; nothing matches it. */
    static final Argon2Hash NOBODY =
            new Argon2Hash(
                    Argon2Parameters.ARGON2_id,
                    Argon2Parameters.ARGON2_VERSION_13,
                    Argon2Cost.STANDARD,
                    new byte[SALT],
                    new byte[HASH]);

    static Argon2Hash create(byte[] password, Argon2Memory memory) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        var empty = new Argon2Hash(NOBODY.type, NOBODY.version, NOBODY.cost, salt, new byte[HASH]);
        return new Argon2Hash(
                NOBODY.type, NOBODY.version, NOBODY.cost, salt, empty.computed(password, memory));
    }

    static PasswordHash.Reading read(String phc) {
        var form = FORM.matcher(phc);
        if (!form.matches()) {
            return PasswordHash.Reading.not("Argon2 hash is malformed, or neither Argon2id nor i");
        }
        var cost =
                new Argon2Cost(number(form.group(3)), number(form.group(4)), number(form.group(5)));
        if (!cost.bearable()) {
            return PasswordHash.Reading.not(
                    "Argon2 cost is out of bounds (128 MiB, 1 GiB in all passes, 16 lanes)");
        }
        int type =
                form.group(1).equals("id") ? Argon2Parameters.ARGON2_id : Argon2Parameters.ARGON2_i;
        int version = Optional.ofNullable(form.group(2)).map(Argon2Hash::number).orElse(16);
        return octets(form.group(6))
                .flatMap(
                        salt ->
                                octets(form.group(7))
                                        .map(
                                                hash ->
                                                        new Argon2Hash(
                                                                type, version, cost, salt, hash)))
                .map(PasswordHash.Reading::of)
                .orElse(PasswordHash.Reading.not("Argon2 salt or hash is not base64"));
    }

    String phc() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2%s$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        type == Argon2Parameters.ARGON2_id ? "id" : "i",
                        version,
                        cost.memory(),
                        cost.passes(),
                        cost.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    @Override
    public boolean matches(byte[] password, Argon2Memory memory) {
        return MessageDigest.isEqual(computed(password, memory), hash);
    }

    @Override
    public boolean outdated() {
        return type != NOBODY.type || version != NOBODY.version || !cost.equals(NOBODY.cost);
    }

    @Override
    public String toString() {
        return "Argon2Hash[" + cost + "]";
    }

    private byte[] computed(byte[] password, Argon2Memory memory) {
        var parameters = new Argon2Parameters.Builder(type).withVersion(version).withSalt(salt);
        byte[] computed = new byte[hash.length];
        memory.compute(cost, parameters, password, computed);
        return computed;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static Optional<byte[]> octets(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
