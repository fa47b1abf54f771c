package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.AppPasswords;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.ScramSalt;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The app passwords of a store in memory. */
final class MemoryAppPasswords implements AppPasswords {

    private final Predicate<AccountId> exists;
    private final Map<AccountId, Keyring> keyrings = new HashMap<>();
    private final byte[] secret = new byte[32];

    MemoryAppPasswords(Predicate<AccountId> exists) {
        this.exists = exists;
        new SecureRandom().nextBytes(secret);
    }

    @Override
    public synchronized Optional<Keyring> find(AccountId id) {
        return Optional.ofNullable(keyrings.get(id));
    }

    @Override
    public synchronized Keyring open(AccountId id) {
        if (!exists.test(id)) throw MemoryAccounts.missing();
        return keyrings.computeIfAbsent(id, _ -> new Keyring(ScramSalt.random(), List.of()));
    }

    @Override
    public synchronized void add(AccountId id, AppPassword password) {
        keyrings.put(id, find(id).orElseThrow(MemoryAccounts::missing).with(password));
    }

    @Override
    public synchronized boolean revoke(AccountId id, String name) {
        var before = find(id);
        if (before.flatMap(ring -> ring.named(name)).isEmpty()) return false;
        keyrings.put(id, before.get().without(name));
        return true;
    }

    @Override
    public synchronized void used(AccountId id, String name, Instant when) {
        keyrings.computeIfPresent(id, (_, ring) -> ring.used(name, when));
    }

    @Override
    public ScramSalt decoy(String user) {
        return ScramSalt.decoy(secret, user);
    }

    synchronized void forget(AccountId id) {
        keyrings.remove(id);
    }
}
