package dev.sobre.mail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The flags of a message (RFC 9051 §2.3.2): system flags and keywords. Immutable. Keywords are
 * compared in any letter case and keep the case they came in.
 */
public final class Flags {

    public static final Flags NONE = new Flags(0, Set.of());
    public static final Flags SEEN = of(Flag.SEEN);
    public static final Flags DELETED = of(Flag.DELETED);

    private final int system;
    private final Set<String> keywords; // sorted without regard to case

    private Flags(int system, Set<String> keywords) {
        this.system = system;
        this.keywords = keywords;
    }

    public static Flags of(Flag... flags) {
        int bits = 0;
        for (var flag : flags) bits |= flag.bit();
        return new Flags(bits, Set.of());
    }

    /** Flags from their stored form: {@link #systemBits} and keywords. */
    public static Flags of(int systemBits, Collection<String> keywords) {
        return new Flags(systemBits, sorted(keywords));
    }

    /**
     * Flags from IMAP's words: {@code \Seen}, {@code $Forwarded}; unknown {@code \x} are ignored.
     */
    public static Flags parse(Collection<String> words) {
        int bits = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : words) {
            if (!word.startsWith("\\")) keywords.add(word);
            for (var flag : Flag.values()) {
                if (flag.wire().equalsIgnoreCase(word)) bits |= flag.bit();
            }
        }
        return of(bits, keywords);
    }

    public boolean has(Flag flag) {
        return (system & flag.bit()) != 0;
    }

    public boolean hasKeyword(String keyword) {
        return keywords.contains(keyword);
    }

    /** One bit per {@link Flag}: the stored form. */
    public int systemBits() {
        return system;
    }

    public Set<String> keywords() {
        return keywords;
    }

    public Flags plus(Flags other) {
        if (other.keywords.isEmpty()) return new Flags(system | other.system, keywords);
        Set<String> all = emptySet();
        all.addAll(keywords);
        all.addAll(other.keywords);
        return new Flags(system | other.system, Collections.unmodifiableSet(all));
    }

    public Flags minus(Flags other) {
        if (other.keywords.isEmpty()) return new Flags(system & ~other.system, keywords);
        Set<String> rest = emptySet();
        rest.addAll(keywords);
        rest.removeAll(other.keywords);
        return new Flags(system & ~other.system, Collections.unmodifiableSet(rest));
    }

    /** The flags as IMAP writes them, system flags first. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        for (var flag : Flag.values()) if (has(flag)) words.add(flag.wire());
        words.addAll(keywords);
        return words;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Flags f && f.system == system && f.keywords.equals(keywords);
    }

    @Override
    public int hashCode() {
        int hash = system;
        for (String keyword : keywords) hash += keyword.toLowerCase(Locale.ROOT).hashCode();
        return hash;
    }

    @Override
    public String toString() {
        return words().toString();
    }

    private static Set<String> sorted(Collection<String> keywords) {
        if (keywords.isEmpty()) return Set.of();
        Set<String> set = emptySet();
        set.addAll(keywords);
        return Collections.unmodifiableSet(set);
    }

    private static Set<String> emptySet() {
        return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    }
}
