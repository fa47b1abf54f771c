package dev.sobre.mail;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** A mail address of the form {@code local@domain}, as accounts are named. */
public record Address(String local, String domain) {

    private static final int LONGEST = 254; // RFC 5321 §4.5.3.1.3, less the angle brackets

    /**
     * Reads an address: one {@code @} with something on both sides, no control characters, white
     * space or angle brackets, at most 254 octets. Letter case is kept.
     */
    public static Optional<Address> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1 || text.length() > LONGEST) return Optional.empty();
        boolean clean = text.chars().noneMatch(c -> c <= ' ' || c == 127 || c == '<' || c == '>');
        return clean
                ? Optional.of(new Address(text.substring(0, at), text.substring(at + 1)))
                : Optional.empty();
    }

    /**
     * The form under which addresses, and domains alone, are compared: lower case, in both parts.
     * Letters are composed (RFC 6532 §3.1), and a domain in the DNS's letters is the one that it
     * stands for: mail for {@code xn--bcher-kva.example} is {@code bücher.example}'s.
     */
    public static String canonical(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.contains("xn--") && lower.chars().allMatch(c -> c < 128)) return lower;
        int domain = text.lastIndexOf('@') + 1;
        String local = text.substring(0, domain).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(local, Normalizer.Form.NFC)
                + DomainName.readable(text.substring(domain));
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
