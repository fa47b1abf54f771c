package dev.sobre.line.sasl;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A stored password. New ones are Argon2id (RFC 9106) at OWASP's minimum, in PHC string form; those
 * that other servers stored are read with or without Dovecot's scheme prefix:
 *
 * <ul>
 *   <li>{@code {ARGON2ID}$argon2id$…} and {@code {ARGON2I}$argon2i$…}
 *   <li>{@code {SHA512-CRYPT}$6$…}
 *   <li>{@code {BLF-CRYPT}$2y$…}, also {@code $2a$} and {@code $2b$}
 *   <li>{@code {CRYPT}} with what is under SHA512-CRYPT or BLF-CRYPT
 *   <li>{@code {PLAIN}secret} and {@code {CLEARTEXT}secret}
 * </ul>
 *
 * <p>A hash that asks for more memory or time than a login may cost is not read. Passwords are
 * compared in Unicode's NFC form (RFC 8265 §4.2.2); a hash that another server made of a password
 * in another form does not match.
 */
public final class PasswordHash {

    /** What came of reading a stored password. */
    public sealed interface Reading {

        /** It can be verified. */
        record Supported(PasswordHash hash) implements Reading {}

        /** It can't; the reason names the scheme or parameter and holds nothing secret. */
        record Unsupported(String reason) implements Reading {}

        static Reading of(StoredPassword password) {
            return new Supported(new PasswordHash(password));
        }

        static Reading not(String reason) {
            return new Unsupported(reason);
        }
    }

    private static final int LONGEST = 2 * SaslText.LONGEST;
    private static final String KNOWN =
            "supported are {ARGON2ID}, {ARGON2I}, {SHA512-CRYPT}, {BLF-CRYPT} and {PLAIN}";

    private final StoredPassword stored;

    private PasswordHash(StoredPassword stored) {
        this.stored = stored;
    }

    /**
     * Hashes a new password, with a salt of its own. Takes tens of milliseconds of the caller's
     * thread.
     *
     * @throws IllegalArgumentException when it is empty, longer than 1024 octets of UTF-8, or holds
     *     NUL or half a surrogate pair
     */
    public static String argon2id(String password) {
        byte[] octets =
                SaslText.prepare(password)
                        .orElseThrow(() -> new IllegalArgumentException("unusable password"));
        return Argon2Hash.create(octets, new Argon2Memory()).phc();
    }

    /** Whether a new password can be hashed and logged in with. */
    public static boolean usable(String password) {
        return SaslText.prepare(password).isPresent();
    }

    /** Reads a stored password. */
    public static Reading parse(String stored) {
        if (stored.length() > LONGEST) return Reading.not("stored password is too long");
        if (!stored.startsWith("{")) return crypt(stored);
        int end = stored.indexOf('}');
        if (end < 0) return Reading.not("password scheme has no closing brace");
        return ofScheme(
                stored.substring(1, end).toUpperCase(Locale.ROOT), stored.substring(end + 1));
    }

    /** Whether this password is the stored one; false when the stored one can't be read. */
    public static boolean verify(String stored, String password) {
        return parse(stored) instanceof Reading.Supported(var hash) && hash.verify(password);
    }

    /** Whether the stored password is other than {@link #argon2id} makes today. */
    public static boolean needsRehash(String stored) {
        return !(parse(stored) instanceof Reading.Supported(var hash)) || hash.needsRehash();
    }

    /** Whether this password is the stored one. */
    public boolean verify(String password) {
        var octets = SaslText.prepare(password);
        return octets.isPresent() && verify(octets.get(), new Argon2Memory());
    }

    /** As {@link #verify(String)}, with a prepared password and the calling thread's memory. */
    boolean verify(byte[] password, Argon2Memory memory) {
        return stored.matches(password, memory);
    }

    /** Whether it is other than {@link #argon2id} makes today. */
    public boolean needsRehash() {
        return stored.outdated();
    }

    private static Reading ofScheme(String scheme, String rest) {
        return switch (scheme) {
            case "ARGON2ID" -> cryptOf(scheme, rest, "$argon2id$");
            case "ARGON2I" -> cryptOf(scheme, rest, "$argon2i$");
            case "SHA512-CRYPT" -> cryptOf(scheme, rest, "$6$");
            case "BLF-CRYPT" -> cryptOf(scheme, rest, "$2a$", "$2b$", "$2y$");
            case "CRYPT" -> cryptOf(scheme, rest, "$6$", "$2a$", "$2b$", "$2y$");
            case "PLAIN", "CLEARTEXT" -> PlainPassword.read(rest);
            default -> Reading.not(named(scheme) + " is not supported; " + KNOWN);
        };
    }

    private static Reading cryptOf(String scheme, String rest, String... prefixes) {
        boolean one = Arrays.stream(prefixes).anyMatch(rest::startsWith);
        if (one) return crypt(rest);
        return Reading.not("{" + scheme + "} is not followed by " + String.join(" or ", prefixes));
    }

    private static Reading crypt(String stored) {
        if (stored.startsWith("$argon2")) return Argon2Hash.read(stored);
        if (stored.startsWith("$6$")) return Sha512Crypt.read(stored);
        if (stored.startsWith("$2")) return Bcrypt.read(stored);
        return Reading.not("password has no known scheme; " + KNOWN);
    }

    /** A brace may begin a plain password that somebody forgot to mark, so not all is repeated. */
    private static String named(String scheme) {
        return Optional.of(scheme)
                .filter(name -> name.matches("[A-Z0-9]{2,12}([.-][A-Z0-9]{2,12}){0,3}"))
                .map(name -> "password scheme {" + name + "}")
                .orElse("password scheme");
    }
}
