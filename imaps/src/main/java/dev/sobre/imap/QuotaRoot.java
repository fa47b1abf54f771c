package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Address;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.util.Optional;

/**
 * What a quota covers: an account, named by its login name, with all its mailboxes. RFC 9208 §3.2.
 */
record QuotaRoot(Account account) {

    private static final long UNIT = 1024; // RFC 9208 §5.1: octets

    /** The root of an account. */
    static Optional<QuotaRoot> of(AccountId account, LoggedIn state) {
        return state.store().accounts().get(account).map(QuotaRoot::new);
    }

    /** The root of a name, where this login may see it: its own, for administrators any. */
    static Optional<QuotaRoot> named(String name, LoggedIn state) {
        Account own = state.login().account();
        return state.store()
                .accounts()
                .find(name)
                .filter(found -> found.address().equals(Address.canonical(name)))
                .filter(found -> found.id().equals(own.id()) || state.login().administers())
                .map(QuotaRoot::new);
    }

    /** The untagged QUOTA: what is used and allowed of what is limited. */
    void write(LoggedIn state, ImapWriter out) throws IOException {
        Usage usage = state.store().accounts().usage(account.id());
        Quota quota = account.quota();
        boolean octets = quota.octets() > 0 && state.client().offers(Feature.QUOTA_STORAGE);
        boolean messages = quota.messages() > 0 && state.client().offers(Feature.QUOTA_MESSAGE);
        out.put("* QUOTA ").string(account.address()).put(" (");
        if (octets) {
            out.put("STORAGE ").number(units(usage.octets()));
            out.put(' ').number(units(quota.octets()));
        }
        if (messages) {
            out.put(octets ? " MESSAGE " : "MESSAGE ").number(usage.messages());
            out.put(' ').number(quota.messages());
        }
        out.put(')').endLine();
    }

    static long octets(long units) {
        return Math.multiplyExact(units, UNIT);
    }

    private static long units(long octets) {
        return (octets + UNIT - 1) / UNIT;
    }
}
