package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was read of accounts since any was changed: a mail asks eight times, of its sender and of
 * its recipient. Who is not there is not kept, so that nobody's guesses drive others out.
 */
final class AccountsRead {

    private static final int MOST = 4096;

    private volatile Found now = new Found();

    private record Found(Map<String, AccountId> ids, Map<AccountId, StoredAccount> accounts) {
        Found() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /** Whose an address is. */
    Optional<AccountId> id(String address, Supplier<Optional<AccountId>> read) {
        return known(now.ids, address, read);
    }

    Optional<StoredAccount> account(AccountId id, Supplier<Optional<StoredAccount>> read) {
        return known(now.accounts, id, read);
    }

    /**
     * Forgets everything: an account was changed, and all can see it. Who has begun to read before
     * still puts what he finds into the maps of before.
     */
    void forget() {
        now = new Found();
    }

    private static <K, V> Optional<V> known(Map<K, V> all, K key, Supplier<Optional<V>> read) {
        V known = all.get(key);
        if (known != null) return Optional.of(known);
        Optional<V> found = read.get();
        if (found.isEmpty()) return found;
        if (all.size() >= MOST) all.clear();
        all.put(key, found.get());
        return found;
    }
}
