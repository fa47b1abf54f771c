package dev.sobre.line.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/** A SHA-512 hash of crypt(3)'s form, {@code $6$}. "Unix crypt using SHA-256 and SHA-512", 0.6. */
record Sha512Crypt(String crypt) implements StoredPassword {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\$6\\$(?:rounds=(\\d{1,9})\\$)?[./A-Za-z0-9]{1,16})\\$[./A-Za-z0-9]{86}");
    private static final int LEAST_ROUNDS = 1_000;
    private static final int MOST_ROUNDS = 1_000_000; // 0.4 s; the usual 5,000 take 2 ms

    /** Each round hashes the whole password, so that its length counts like the rounds. */
    private static final int LONGEST_PASSWORD = 256;

    static PasswordHash.Reading read(String crypt) {
        var form = FORM.matcher(crypt);
        if (!form.matches()) return PasswordHash.Reading.not("SHA-512 crypt hash is malformed");
        int rounds = Optional.ofNullable(form.group(2)).map(Integer::parseInt).orElse(5_000);
        return rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS
                ? PasswordHash.Reading.not("SHA-512 crypt has not 1000 to 1000000 rounds")
                : PasswordHash.Reading.of(new Sha512Crypt(crypt));
    }

    @Override
    public boolean matches(byte[] password, Argon2Memory memory) {
        if (password.length > LONGEST_PASSWORD) return false;
        String salt = crypt.substring(0, crypt.lastIndexOf('$'));
        String computed =
                Sha2Crypt.sha512Crypt(password.clone(), salt); // it wipes what it is given
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.US_ASCII),
                crypt.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean outdated() {
        return true;
    }

    @Override
    public String toString() {
        return "Sha512Crypt";
    }
}
