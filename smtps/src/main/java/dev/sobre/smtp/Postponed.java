package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Timing.Release;
import dev.sobre.mail.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much each account has waiting for its time (RFC 4865 §6): not more than it may keep beside
 * what is in its mailboxes, and not too many mails. What an administrator deletes from the queue
 * counts until its time has come.
 */
final class Postponed {

    private static final int MOST = 1000; // mails of one account
    private static final int PAGE = 500;

    /** A mail that waits. */
    record Mail(Instant until, long octets) {}

    private final MailStore store;
    private final Map<AccountId, List<Mail>> mails = new HashMap<>();

    private Postponed(MailStore store) {
        this.store = store;
    }

    /** What waits in a store now. */
    static Postponed in(MailStore store, Recipients recipients) {
        var postponed = new Postponed(store);
        Optional<DeliveryId> last = Optional.empty(); // those of one mail come together
        var page = store.spool().list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            for (Spool.Waiting each : page) {
                if (last.equals(Optional.of(each.mail()))) continue;
                last = Optional.of(each.mail());
                postponed.note(each, recipients);
            }
            page = store.spool().list(Optional.of(page.getLast()), PAGE);
        }
        return postponed;
    }

    private void note(Spool.Waiting mail, Recipients recipients) {
        var release = mail.entry().terms().timing().release().map(Release::at);
        if (release.isEmpty() || !release.get().isAfter(Instant.now())) return;
        if (recipients.resolve(mail.sender()) instanceof Answer.To(var account, var _)) {
            add(account, new Mail(release.get(), mail.body().length()));
        }
    }

    /**
     * Notes a mail that is to wait, or says why it can't. Noted before it is looked for room: of
     * two that come at once and do not both fit, none or one is taken.
     */
    Optional<Reply> note(Account account, Mail mail) {
        add(account, mail);
        Optional<Reply> refusal = refusal(account, Usage.NONE);
        if (refusal.isPresent()) forget(account, mail);
        return refusal;
    }

    private synchronized void add(Account account, Mail mail) {
        mails.computeIfAbsent(account.id(), _ -> new ArrayList<>()).add(mail);
    }

    /** It does not wait after all. */
    synchronized void forget(Account account, Mail mail) {
        mails.getOrDefault(account.id(), new ArrayList<>()).remove(mail);
    }

    /** Why another one of so many octets can't wait. */
    Optional<Reply> refusal(Account account, long octets) {
        return refusal(account, Usage.of(octets));
    }

    private Optional<Reply> refusal(Account account, Usage more) {
        Usage all = waiting(account, Instant.now()).plus(more);
        if (all.messages() > MOST) return refuse(MOST + " of your mails wait");
        return store.accounts().hasRoom(account, all)
                ? Optional.empty()
                : refuse("there is no room for it beside your mailbox");
    }

    private synchronized Usage waiting(Account account, Instant now) {
        var all = mails.getOrDefault(account.id(), List.of());
        if (!all.isEmpty()) all.removeIf(mail -> !mail.until.isAfter(now));
        return new Usage(all.stream().mapToLong(Mail::octets).sum(), all.size());
    }

    private static Optional<Reply> refuse(String why) {
        return Optional.of(Reply.of(552, "5.7.16", "it can't wait: " + why + "; send it now"));
    }
}
