package dev.sobre.smtp;

import dev.sobre.mail.Address;
import dev.sobre.mail.Recipients;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose addresses are whose.
 *
 * @param domains the domains that are delivered for; none given, those of the store's accounts
 * @param separators the characters that each begin a subaddress, as in {@code ann+shop}; empty for
 *     none
 * @param from whose names may stand in From
 */
public record Addressing(Set<String> domains, String separators, FromRule from) {

    public Addressing {
        domains = domains.stream().map(Address::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** The accounts' domains, {@code +} for subaddresses, and nobody looks at From. */
    public static Addressing standard() {
        return new Addressing(Set.of(), Recipients.STANDARD_SEPARATORS, FromRule.ANY);
    }

    public Addressing withDomains(Set<String> names) {
        return new Addressing(names, separators, from);
    }

    public Addressing withSeparators(String characters) {
        return new Addressing(domains, characters, from);
    }

    public Addressing withFrom(FromRule rule) {
        return new Addressing(domains, separators, rule);
    }
}
