package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import java.util.Optional;

/** Those whom an access list speaks of, and their rights, as words. RFC 4314 §2. */
final class AclIdentifier {

    private static final String ANYONE = "anyone";

    private AclIdentifier() {}

    /** The account of an identifier, an address of it in any letter case. */
    static Optional<AccountId> account(String identifier, LoggedIn state) {
        if (identifier.equals(ANYONE)) return Optional.of(Sharing.ANYONE);
        return state.store().accounts().find(identifier).map(Account::id);
    }

    /** The identifier of an account; none when it is gone. */
    static Optional<String> of(AccountId account, LoggedIn state) {
        if (account.equals(Sharing.ANYONE)) return Optional.of(ANYONE);
        return state.store().accounts().get(account).map(Account::address);
    }

    /**
     * Rights as clients see them: with {@code c} and {@code d}, which older ones know (RFC 4314
     * §2.1.1).
     */
    static String letters(Rights rights) {
        String old = (rights.hasAny("kx") ? "c" : "") + (rights.hasAny("te") ? "d" : "");
        String letters = rights.letters();
        return rights.has('a') ? letters.replace("a", old + "a") : letters + old;
    }

    /** The rights that letters stand for; nothing when one is none. */
    static Optional<Rights> rights(String letters) {
        String all = letters.replace("c", "kx").replace("d", "te");
        boolean known = all.chars().allMatch(c -> Rights.ALL.has((char) c));
        return known ? Optional.of(new Rights(all)) : Optional.empty();
    }
}
