package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Address;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The accounts, stored under their numbers and found by their addresses. */
final class RocksAccounts implements Accounts {

    private record Stored(Account account, String passwordHash) {

        byte[] encode() {
            var out = new ByteWriter(160).u8(1).u8(account.administrator() ? 1 : 0);
            out.text(passwordHash).count(account.addresses().size());
            account.addresses().forEach(out::text);
            return out.done();
        }

        static Stored decode(AccountId id, byte[] value) {
            var in = new ByteReader(value).version(1);
            boolean administrator = in.u8() == 1;
            String hash = in.text();
            int count = in.size();
            List<String> addresses = new ArrayList<>(count);
            for (int i = 0; i < count; i++) addresses.add(in.text());
            return new Stored(new Account(id, addresses, administrator), hash);
        }
    }

    private final Engine engine;
    private final CommitQueue queue;
    private final FolderLists folders;
    private final int expungesKept;

    RocksAccounts(Engine engine, CommitQueue queue, FolderLists folders, int expungesKept) {
        this.engine = engine;
        this.queue = queue;
        this.folders = folders;
        this.expungesKept = expungesKept;
    }

    @Override
    public Account create(List<String> addresses, String passwordHash, boolean administrator) {
        if (addresses.isEmpty()) throw new IllegalArgumentException("an account has an address");
        List<String> canonical = addresses.stream().map(Address::canonical).distinct().toList();
        return queue.run(
                Commit.byItself(group -> create(group, canonical, passwordHash, administrator)));
    }

    private Account create(
            Group group, List<String> addresses, String passwordHash, boolean administrator) {
        for (String address : addresses) {
            if (group.get(Keys.address(address)).isPresent()) {
                throw new StoreException(Reason.EXISTS, address + " is taken");
            }
        }
        var id = new AccountId(Counters.nextAccount(group));
        var account = new Account(id, addresses, administrator);
        group.put(Keys.account(id), new Stored(account, passwordHash).encode());
        byte[] number = new ByteWriter(8).i64(id.value()).done();
        for (String address : addresses) group.put(Keys.address(address), number);
        new AlterFolders(group, id, folders, expungesKept).furnish();
        return account;
    }

    @Override
    public Optional<Account> find(String address) {
        byte[] key = Keys.address(Address.canonical(address));
        return engine.read(
                reads ->
                        reads.get(key)
                                .map(value -> new AccountId(new ByteReader(value).i64()))
                                .flatMap(id -> stored(reads, id))
                                .map(Stored::account));
    }

    @Override
    public Optional<Account> get(AccountId id) {
        return engine.read(reads -> stored(reads, id)).map(Stored::account);
    }

    @Override
    public List<Account> list() {
        List<Account> all = new ArrayList<>();
        engine.read(
                reads -> {
                    reads.scan(
                            Keys.prefix(Keys.ACCOUNT),
                            (key, value) -> {
                                var id = new AccountId(Keys.last(key));
                                return all.add(Stored.decode(id, value).account());
                            });
                    return all;
                });
        all.sort(Comparator.comparing(Account::address));
        return all;
    }

    @Override
    public Optional<String> passwordHash(AccountId id) {
        return engine.read(reads -> stored(reads, id)).map(Stored::passwordHash);
    }

    @Override
    public void setPasswordHash(AccountId id, String passwordHash) {
        queue.run(
                group -> {
                    var old = stored(group, id).orElseThrow(RocksAccounts::missing);
                    var changed = new Stored(old.account, passwordHash);
                    group.put(Keys.account(id), changed.encode());
                    return id;
                });
    }

    @Override
    public boolean remove(AccountId id) {
        return queue.run(Commit.byItself(group -> remove(group, id)));
    }

    private boolean remove(Group group, AccountId id) {
        var old = stored(group, id);
        if (old.isEmpty()) return false;
        new AlterFolders(group, id, folders, expungesKept).clear();
        for (String address : old.get().account.addresses()) group.delete(Keys.address(address));
        group.delete(Keys.account(id));
        return true;
    }

    private static Optional<Stored> stored(Reads reads, AccountId id) {
        return reads.get(Keys.account(id)).map(value -> Stored.decode(id, value));
    }

    private static Optional<Stored> stored(Group group, AccountId id) {
        return group.get(Keys.account(id)).map(value -> Stored.decode(id, value));
    }

    static StoreException missing() {
        return new StoreException(Reason.MISSING, "there is no such account");
    }
}
