package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Submission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mailroom of a store: mail for its accounts goes to their inboxes.
 *
 * @param domains in lower case; none given, they are the domains of the accounts
 */
record StoreMailroom(MailStore store, Set<String> domains) implements Mailroom {

    @Override
    public Recipient recipient(MailPath path) {
        Optional<Account> account = store.accounts().find(path.address());
        if (account.isPresent()) return inbox(path, account.get());
        if (!path.domain().isEmpty() && !isLocal(path.domain())) {
            return refuse(
                    "5.7.1",
                    "mail to other domains is not possible yet, only to users of this server");
        }
        // RFC 5321 §4.5.1: mail for the postmaster of a local domain always finds somebody.
        Optional<Account> administrator =
                store.accounts().list().stream().filter(Account::administrator).findFirst();
        if (path.isPostmaster() && administrator.isPresent()) {
            return inbox(path, administrator.get());
        }
        return refuse("5.1.1", "there is no such user here");
    }

    @Override
    public BlobSink sink(long limit) {
        return store.sink(limit);
    }

    @Override
    public void deliver(Letter letter, BlobSource body) {
        String sender = letter.sender().map(MailPath::toString).orElse("");
        var all = letter.mailboxes();
        store.accept(new Submission(letter.id(), sender, body, letter.received(), all, List.of()));
    }

    private Recipient inbox(MailPath path, Account account) {
        return store.find(account.id(), Mailbox.INBOX)
                .<Recipient>map(inbox -> new Recipient.Known(path, List.of(inbox.id())))
                .orElseGet(() -> refuse("5.1.1", "there is no such user here"));
    }

    private boolean isLocal(String domain) {
        String wanted = Address.canonical(domain);
        if (!domains.isEmpty()) return domains.contains(wanted);
        return store.accounts().list().stream()
                .flatMap(account -> account.addresses().stream())
                .anyMatch(address -> address.endsWith("@" + wanted));
    }

    private static Recipient refuse(String status, String text) {
        return new Recipient.Refused(Reply.of(550, status, text));
    }
}
