package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The mailboxes of accounts that were asked for lately, so that opening one touches no engine. */
final class FolderLists {

    private static final int ACCOUNTS = 4096;

    private final Engine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<AccountId, List<Mailbox>> lists =
            new LinkedHashMap<>(16, 0.75f, true);
    private long changes; // guarded by lock

    FolderLists(Engine engine) {
        this.engine = engine;
    }

    List<Mailbox> list(AccountId account) {
        long before;
        lock.lock();
        try {
            var known = lists.get(account);
            if (known != null) return known;
            before = changes;
        } finally {
            lock.unlock();
        }
        List<Mailbox> list = engine.read(reads -> read(reads, account));
        keep(account, list, before);
        return list;
    }

    private static List<Mailbox> read(Reads reads, AccountId account) {
        var folders = reads.atOnce(now -> Folders.read(now, account));
        if (!folders.exists(Mailbox.INBOX)) throw RocksAccounts.missing();
        return folders.list();
    }

    /** Keeps a list, unless something changed while it was read. */
    private void keep(AccountId account, List<Mailbox> list, long before) {
        lock.lock();
        try {
            if (changes != before) return;
            lists.put(account, list);
            if (lists.size() > ACCOUNTS) lists.pollFirstEntry();
        } finally {
            lock.unlock();
        }
    }

    /** The mailboxes of an account are others now. */
    void changed(AccountId account) {
        lock.lock();
        try {
            changes++;
            lists.remove(account);
        } finally {
            lock.unlock();
        }
    }

    /** All are to be read again, after the engine was opened again. */
    void forgetAll() {
        lock.lock();
        try {
            changes++;
            lists.clear();
        } finally {
            lock.unlock();
        }
    }
}
