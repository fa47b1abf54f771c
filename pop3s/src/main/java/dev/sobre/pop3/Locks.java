package dev.sobre.pop3;

import dev.sobre.mail.AccountId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has which maildrop open: one session at a time (RFC 1939 §4). */
final class Locks {

    private final Set<AccountId> held = ConcurrentHashMap.newKeySet();

    /** False when another session has it. */
    boolean take(AccountId account) {
        return held.add(account);
    }

    void release(AccountId account) {
        held.remove(account);
    }
}
