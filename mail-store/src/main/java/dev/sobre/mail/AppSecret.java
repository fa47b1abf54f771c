package dev.sobre.mail;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of an app password: seven groups of four letters and digits with hyphens between, 140
 * random bits. Nobody can mistake a character for another, and nobody chooses one: people's own
 * passwords do not look like this, so that nothing but the text decides how it is checked.
 */
public record AppSecret(String text) {

    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"; // no l, o, 0, 1
    private static final int GROUPS = 7;
    private static final int GROUP = 4;
    private static final Pattern CHARACTERS =
            Pattern.compile("[" + ALPHABET + "]{" + GROUPS * GROUP + "}");
    private static final int LONGEST_TYPED = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. */
    public static AppSecret random() {
        var characters = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            characters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return grouped(characters);
    }

    /** What somebody typed as one, with other spacing or letter case; nothing for other texts. */
    public static Optional<AppSecret> read(String typed) {
        if (typed.length() > LONGEST_TYPED) return Optional.empty();
        String characters = typed.replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT);
        return CHARACTERS.matcher(characters).matches()
                ? Optional.of(grouped(characters))
                : Optional.empty();
    }

    private static AppSecret grouped(CharSequence characters) {
        var text = new StringBuilder();
        for (int i = 0; i < characters.length(); i++) {
            if (i > 0 && i % GROUP == 0) text.append('-');
            text.append(characters.charAt(i));
        }
        return new AppSecret(text.toString());
    }

    /**
     * Adds an app password to an account.
     *
     * @return its text, which is kept nowhere
     */
    public static AppSecret add(
            AppPasswords passwords,
            AccountId id,
            String name,
            Instant now,
            Optional<Instant> expires) {
        var secret = random();
        var keys = passwords.open(id).salt().keys(secret.text);
        passwords.add(id, AppPassword.fresh(name, now, expires, keys));
        return secret;
    }

    @Override
    public String toString() {
        return "AppSecret";
    }
}
