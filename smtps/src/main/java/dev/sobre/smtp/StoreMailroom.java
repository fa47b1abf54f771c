package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Repeat;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Usage;
import dev.sobre.smtp.relay.Receipts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The mailroom of a store: mail for its accounts goes to their inboxes. */
record StoreMailroom(
        MailStore store,
        Recipients recipients,
        RefusedRecipients refused,
        Handling handling,
        Receipts receipts,
        Postponed postponed)
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
            case Answer.Elsewhere _ when handling.onward().isPresent() ->
                    Recipient.Known.elsewhere(path);
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
    public boolean isElsewhere(MailPath path) {
        return recipients.resolve(path.local(), path.domain()) instanceof Answer.Elsewhere;
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Optional<Reply> postpone(Account account, long octets) {
        return postponed.refusal(account, octets);
    }

    @Override
    public Duration longestHold() {
        return handling.longestHold();
    }

    @Override
    public BlobSink sink(long limit) {
        return store.sink(limit);
    }

    @Override
    public boolean deliver(Letter letter, BlobSource body, Optional<DeliveryId> name)
            throws IOException {
        if (!letter.waits()) return accept(letter, body, name);
        var mail = new Postponed.Mail(letter.release(), body.length());
        var refusal = postponed.note(letter.account(), mail);
        if (refusal.isPresent()) throw Refused.with(refusal.get());
        boolean anyNew = false;
        try {
            anyNew = accept(letter, body, name);
            return anyNew;
        } finally {
            if (!anyNew) postponed.forget(letter.account(), mail);
        }
    }

    private boolean accept(Letter letter, BlobSource body, Optional<DeliveryId> name)
            throws IOException {
        boolean waits = letter.waits();
        Optional<Runnable> receipt = waits ? Optional.empty() : receipt(letter, body);
        List<MailboxId> all = waits ? List.of() : letter.mailboxes();
        var away = entries(letter, to -> waits || to.elsewhere());
        var repeat = name.filter(_ -> handling.repeats().isPositive()).map(n -> repeat(letter, n));
        try {
            var done =
                    store.accept(
                            new Submission(
                                    letter.id(),
                                    letter.reversePath(),
                                    body,
                                    letter.received(),
                                    all,
                                    away,
                                    repeat));
            boolean anyNew = done.repeated() < all.size() + away.size();
            if (anyNew) receipt.ifPresent(Runnable::run);
            return anyNew;
        } catch (StoreException e) {
            if (e.reason() == Reason.OVER_QUOTA && neverFits(all, body.length())) {
                throw new Refused(552, "5.2.2", "the message is larger than a recipient may keep");
            }
            throw e;
        }
    }

    /** What tells the sender that a mail is in the mailboxes here. */
    private Optional<Runnable> receipt(Letter letter, BlobSource body) throws IOException {
        var here = entries(letter, to -> !to.elsewhere());
        return receipts.write(letter.id(), letter.reversePath(), here, body);
    }

    private Repeat repeat(Letter letter, DeliveryId name) {
        return Repeat.within(
                handling.repeats(), name, letter.received(), letter.recipientsByMailbox());
    }

    /** Some of its recipients, each once, with what the client asked for. */
    private List<Spool.Entry> entries(Letter letter, Predicate<Recipient.Known> some) {
        return letter.recipients().stream()
                .filter(some)
                .distinct()
                .map(
                        to ->
                                new Spool.Entry(
                                        to.path().toString(),
                                        to.elsewhere() ? Address.canonical(to.path().domain()) : "",
                                        letter.release(),
                                        0,
                                        "",
                                        terms(letter, to.wishes())))
                .toList();
    }

    private Terms terms(Letter letter, Wishes wishes) {
        var asked = letter.asked();
        return handling.onward()
                .orElseGet(Onward::standard)
                .terms(letter.received())
                .withUtf8(asked.utf8())
                .withPriority(asked.priority())
                .withTiming(asked.timing())
                .withWishes(
                        wishes.tellOf(),
                        asked.returned(),
                        asked.envelopeId(),
                        wishes.originalRecipient());
    }

    private boolean neverFits(List<MailboxId> mailboxes, long octets) {
        return mailboxes.stream()
                .flatMap(mailbox -> store.accounts().get(mailbox.account()).stream())
                .anyMatch(account -> !account.quota().allows(Usage.of(octets)));
    }

    private Recipient inbox(MailPath path, Account account, long octets) {
        var inbox = store.find(account.id(), Mailbox.INBOX);
        if (inbox.isEmpty()) return nobody();
        var mail = Usage.of(octets);
        if (!account.quota().allows(mail)) {
            return refuse(552, "the message is larger than this mailbox may keep");
        }
        if (!store.accounts().hasRoom(account, mail)) return refuse(452, "the mailbox is full");
        return Recipient.Known.here(path, List.of(inbox.get().id()));
    }

    private static Recipient nobody() {
        return new Recipient.Refused(Reply.of(550, "5.1.1", "there is no such user here"));
    }

    private static Recipient refuse(int code, String text) {
        return new Recipient.Refused(Reply.of(code, code == 452 ? "4.2.2" : "5.2.2", text));
    }
}
