package dev.sobre.mail;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Someone who can log in and own mailboxes.
 *
 * @param displayName what people call its owner, perhaps empty
 * @param addresses the login name first, then every further address the account may send from and
 *     receives for; canonical (see {@link Address#canonical}). One of the form {@code @domain}
 *     stands for all of that domain's addresses that nobody has
 * @param administrator whether the account may use the administrator's console
 * @param disabled whether nobody can log in; the account still receives mail
 * @param switchedOff capabilities that services do not offer once this account has logged in, in
 *     upper case
 */
public record Account(
        AccountId id,
        String displayName,
        List<String> addresses,
        boolean administrator,
        boolean disabled,
        Quota quota,
        Set<String> switchedOff) {

    public Account {
        addresses = List.copyOf(addresses);
        switchedOff = Collections.unmodifiableSet(new TreeSet<>(switchedOff));
        if (addresses.isEmpty()) throw new IllegalArgumentException("an account has an address");
    }

    /** An account of which only addresses matter. */
    public static Account of(AccountId id, List<String> addresses, boolean administrator) {
        return new Account(id, "", addresses, administrator, false, Quota.NONE, Set.of());
    }

    /** The login name. */
    public String address() {
        return addresses.getFirst();
    }

    /** The further addresses. */
    public List<String> aliases() {
        return addresses.stream().skip(1).filter(each -> !each.startsWith("@")).toList();
    }

    /** The domains of which the account gets what nobody else does. */
    public List<String> catchAlls() {
        return addresses.stream()
                .filter(each -> each.startsWith("@"))
                .map(each -> each.substring(1))
                .toList();
    }
}
