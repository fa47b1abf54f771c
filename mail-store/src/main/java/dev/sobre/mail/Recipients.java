package dev.sobre.mail;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who gets the mail for an address: the account that has it, else the one that has it without its
 * subaddress ({@code ann+shop} is ann's, RFC 5233), else an administrator where it is for the
 * postmaster, else whoever catches all of the domain's, else, of the postmaster's, the oldest
 * account. A disabled account gets its mail like any other: locked out is who reads, not who
 * writes.
 *
 * @param domains the domains that are ours, in lower case; none given, those of the accounts
 * @param separators the characters that each begin a subaddress; empty for no subaddresses
 */
public record Recipients(Accounts accounts, Set<String> domains, String separators) {

    /** What begins a subaddress where nobody says otherwise. */
    public static final String STANDARD_SEPARATORS = "+";

    // The local part is a stranger's: each separator in it is another look-up.
    private static final int MOST_TRIES = 8;

    public Recipients {
        domains = domains.stream().map(Address::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** Who gets the mail, and why. */
    public sealed interface Answer {

        record To(Account account, Because because) implements Answer {}

        /** The domain is ours, and nobody has the address. */
        record Nobody() implements Answer {}

        /** The domain is not ours. */
        record Elsewhere() implements Answer {}
    }

    /** Why an account gets the mail. */
    public enum Because {
        ADDRESS,
        SUBADDRESS,
        POSTMASTER,
        CATCH_ALL
    }

    /**
     * Looks an address up.
     *
     * @param domain empty for the postmaster of no particular domain (RFC 5321 §4.1.1.3)
     */
    public Answer resolve(String local, String domain) {
        if (domain.isEmpty()) return ofNoDomain(local);
        String at = "@" + domain;
        return accounts.find(local + at)
                .map(account -> to(account, Because.ADDRESS))
                .or(() -> withoutSubaddress(local, at))
                .or(() -> elsewhere(domain))
                .or(() -> postmaster(local, accounts::administrator))
                .or(() -> accounts.find(at).map(account -> to(account, Because.CATCH_ALL)))
                .or(() -> postmaster(local, accounts::oldest))
                .orElseGet(Answer.Nobody::new);
    }

    /** The postmaster of the first of our domains that are named, where one is. */
    private Answer ofNoDomain(String local) {
        var domain = domains.stream().min(Comparator.naturalOrder());
        if (domain.isPresent() && isPostmaster(local)) return resolve(local, domain.get());
        return postmaster(local, accounts::administrator)
                .or(() -> postmaster(local, accounts::oldest))
                .orElseGet(Answer.Nobody::new);
    }

    /** Looks up a path as envelopes have it, with its quotes (RFC 5321 §4.1.2). */
    public Answer resolve(String path) {
        int at = path.lastIndexOf('@');
        String local = at < 0 ? path : path.substring(0, at);
        return resolve(unquoted(local), at < 0 ? "" : path.substring(at + 1));
    }

    private static String unquoted(String local) {
        boolean quoted = local.length() > 1 && local.startsWith("\"") && local.endsWith("\"");
        if (!quoted) return local;
        return local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** The longest that somebody has: {@code ann-lee-shop} is {@code ann-lee}'s, then ann's. */
    private Optional<Answer> withoutSubaddress(String local, String at) {
        int tries = 0;
        for (int i = local.length() - 1; i > 0 && tries < MOST_TRIES; i--) {
            if (separators.indexOf(local.charAt(i)) < 0) continue;
            tries++;
            var account = accounts.find(local.substring(0, i) + at);
            if (account.isPresent()) return Optional.of(to(account.get(), Because.SUBADDRESS));
        }
        return Optional.empty();
    }

    private Optional<Answer> elsewhere(String domain) {
        boolean ours =
                domains.isEmpty()
                        ? accounts.hasDomain(domain)
                        : domains.contains(Address.canonical(domain));
        return ours ? Optional.empty() : Optional.of(new Answer.Elsewhere());
    }

    // RFC 5321 §4.5.1: mail for the postmaster of a local domain always finds somebody.
    private static Optional<Answer> postmaster(String local, Supplier<Optional<Account>> somebody) {
        if (!isPostmaster(local)) return Optional.empty();
        return somebody.get().map(account -> to(account, Because.POSTMASTER));
    }

    private static boolean isPostmaster(String local) {
        return Address.canonical(local).equals("postmaster");
    }

    private static Answer to(Account account, Because because) {
        return new Answer.To(account, because);
    }
}
