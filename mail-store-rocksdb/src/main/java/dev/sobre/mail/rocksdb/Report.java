package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.Finding.Kind;
import dev.sobre.mail.rocksdb.Finding.Subject;
import java.nio.file.Path;

/** Where the parts of a check say what they find, in names that an administrator knows. */
final class Report {

    private final Home home;
    private final CheckListener listener;
    private long done;
    private long total;

    Report(Home home, CheckListener listener) {
        this.home = home;
        this.listener = listener;
    }

    void expect(long octets) {
        total += octets;
    }

    void done(long octets) {
        done += octets;
        listener.progress(Math.min(done, total), total);
    }

    void store(Kind kind, String what) {
        say(kind, new Subject.Store(), "the store", what);
    }

    void file(Kind kind, Path file, String what) {
        String name = home.root.relativize(file).toString();
        say(kind, new Subject.InFile(name), name, what);
    }

    void account(Kind kind, Reads reads, AccountId account, String what) {
        say(kind, new Subject.OfAccount(account), name(reads, account), what);
    }

    void mailbox(Kind kind, Reads reads, MailboxId mailbox, String what) {
        say(kind, new Subject.OfMailbox(mailbox), name(reads, mailbox), what);
    }

    void message(Kind kind, Reads reads, MailboxId mailbox, long uid, String what) {
        String where = "message " + uid + " in " + name(reads, mailbox);
        say(kind, new Subject.OfMessage(mailbox, uid), where, what);
    }

    private void say(Kind kind, Subject subject, String where, String what) {
        listener.found(new Finding(kind, subject, where, what));
    }

    private static String name(Reads reads, AccountId account) {
        try {
            return reads.get(Keys.account(account))
                    .map(value -> StoredAccount.decode(account, value).account().address())
                    .orElse("account number " + account.value() + ", which does not exist");
        } catch (StoreException e) {
            return "account number " + account.value();
        }
    }

    private static String name(Reads reads, MailboxId mailbox) {
        return mailboxName(reads, mailbox) + " of " + name(reads, mailbox.account());
    }

    private static String mailboxName(Reads reads, MailboxId mailbox) {
        try {
            return reads.get(Keys.of(Keys.MAILBOX, mailbox))
                    .map(value -> new ByteReader(value).version(1).text())
                    .map(name -> name.equals(Mailbox.INBOX) ? name : "mailbox " + name)
                    .orElse("mailbox number " + mailbox.number());
        } catch (StoreException e) {
            return "mailbox number " + mailbox.number();
        }
    }
}
