package dev.sobre.mail;

import java.util.List;

/**
 * Someone who can log in and own mailboxes.
 *
 * @param addresses the login name first, then every further address the account may send from and
 *     receives for; canonical (see {@link Address#canonical})
 * @param administrator whether the account may use the administrator's console
 */
public record Account(AccountId id, List<String> addresses, boolean administrator) {

    public Account {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) throw new IllegalArgumentException("an account has an address");
    }

    /** The login name. */
    public String address() {
        return addresses.getFirst();
    }
}
