package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Quota;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** An account as it is stored. */
record StoredAccount(Account account, String passwordHash) {

    private static final int ADMINISTRATOR = 1;
    private static final int DISABLED = 2;

    byte[] encode() {
        var out = new ByteWriter(192).u8(2);
        out.count(account.quota().octets()).count(account.quota().messages());
        out.u8((account.administrator() ? ADMINISTRATOR : 0) | (account.disabled() ? DISABLED : 0));
        out.text(passwordHash).text(account.displayName());
        texts(out, account.addresses());
        texts(out, account.switchedOff());
        return out.done();
    }

    static StoredAccount decode(AccountId id, byte[] value) {
        var in = new ByteReader(value).version(2);
        var quota = new Quota(in.count(), in.count());
        int marks = in.u8();
        String hash = in.text();
        String name = in.text();
        List<String> addresses = texts(in);
        boolean administrator = (marks & ADMINISTRATOR) != 0;
        boolean disabled = (marks & DISABLED) != 0;
        var switchedOff = new HashSet<>(texts(in));
        return new StoredAccount(
                new Account(id, name, addresses, administrator, disabled, quota, switchedOff),
                hash);
    }

    /** The quota alone. */
    static Quota quota(byte[] value) {
        var in = new ByteReader(value).version(2);
        return new Quota(in.count(), in.count());
    }

    private static void texts(ByteWriter out, Collection<String> texts) {
        out.count(texts.size());
        texts.forEach(out::text);
    }

    private static List<String> texts(ByteReader in) {
        int count = in.size();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) texts.add(in.text());
        return texts;
    }

    @Override
    public String toString() {
        return "StoredAccount[" + account + "]";
    }
}
