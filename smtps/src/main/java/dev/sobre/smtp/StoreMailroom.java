package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The mailroom of a store: mail for its accounts goes to their inboxes. */
record StoreMailroom(
        MailStore store, Recipients recipients, RefusedRecipients refused, Optional<Onward> onward)
        implements Mailroom {

    @Override
    public Recipient recipient(MailPath path, long octets) {
        var recipient = resolve(path, octets);
        if (recipient instanceof Recipient.Refused(Reply reply)) {
            refused.refused(path.address(), reply.text());
        }
        return recipient;
    }

    private Recipient resolve(MailPath path, long octets) {
        return switch (recipients.resolve(path.local(), path.domain())) {
            case Answer.To(var account, var _) -> inbox(path, account, octets);
            case Answer.Nobody _ -> nobody();
            case Answer.Elsewhere _ when onward.isPresent() -> Recipient.Known.elsewhere(path);
            case Answer.Elsewhere _ ->
                    new Recipient.Refused(
                            Reply.of(
                                    550,
                                    "5.7.1",
                                    "this server sends no mail to other domains, only to its own"
                                            + " users"));
        };
    }

    @Override
    public boolean owns(Account account, MailPath path) {
        return recipients.resolve(path.local(), path.domain()) instanceof Answer.To(var owner, _)
                && owner.id().equals(account.id());
    }

    @Override
    public BlobSink sink(long limit) {
        return store.sink(limit);
    }

    @Override
    public void deliver(Letter letter, BlobSource body) throws IOException {
        String sender = letter.sender().map(MailPath::toString).orElse("");
        var all = letter.mailboxes();
        try {
            store.accept(
                    new Submission(
                            letter.id(), sender, body, letter.received(), all, entries(letter)));
        } catch (StoreException e) {
            if (e.reason() == Reason.OVER_QUOTA && neverFits(all, body.length())) {
                throw new Refused(552, "5.2.2", "the message is larger than a recipient may keep");
            }
            throw e;
        }
    }

    /** Those whose mail goes on, each once. */
    private List<Spool.Entry> entries(Letter letter) {
        if (onward.isEmpty()) return List.of();
        var terms = onward.get().terms(letter.received());
        return letter.recipients().stream()
                .filter(Recipient.Known::elsewhere)
                .distinct()
                .map(
                        to ->
                                new Spool.Entry(
                                        to.path().toString(),
                                        Address.canonical(to.path().domain()),
                                        letter.received(),
                                        0,
                                        "",
                                        terms))
                .toList();
    }

    private boolean neverFits(List<MailboxId> mailboxes, long octets) {
        return mailboxes.stream()
                .flatMap(mailbox -> store.accounts().get(mailbox.account()).stream())
                .anyMatch(account -> !account.quota().allows(Usage.of(octets)));
    }

    private Recipient inbox(MailPath path, Account account, long octets) {
        var inbox = store.find(account.id(), Mailbox.INBOX);
        if (inbox.isEmpty()) return nobody();
        var quota = account.quota();
        var mail = Usage.of(octets);
        if (!quota.allows(mail)) {
            return refuse(552, "the message is larger than this mailbox may keep");
        }
        if (quota.limited() && !quota.allows(store.accounts().usage(account.id()).plus(mail))) {
            return refuse(452, "the mailbox is full");
        }
        return Recipient.Known.here(path, List.of(inbox.get().id()));
    }

    private static Recipient nobody() {
        return new Recipient.Refused(Reply.of(550, "5.1.1", "there is no such user here"));
    }

    private static Recipient refuse(int code, String text) {
        return new Recipient.Refused(Reply.of(code, code == 452 ? "4.2.2" : "5.2.2", text));
    }
}
