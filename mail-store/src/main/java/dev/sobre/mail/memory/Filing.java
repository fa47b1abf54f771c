package dev.sobre.mail.memory;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Appended;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Restored;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.memory.MemoryMailbox.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Puts messages into mailboxes: mail that is accepted, what is appended, restored or copied. */
final class Filing {

    private static final int MAILS_REMEMBERED = 100_000;

    private final Bodies bodies;
    private final MemoryMailboxes mailboxes;
    private final MemoryAccounts accounts;
    private final MemorySpool spool;
    private final Hints hints;
    private final Map<DeliveryId, Accepted> accepted = Recent.of(MAILS_REMEMBERED);
    private final Repeats repeats = new Repeats();

    Filing(
            Bodies bodies,
            MemoryMailboxes mailboxes,
            MemoryAccounts accounts,
            MemorySpool spool,
            Hints hints) {
        this.bodies = bodies;
        this.mailboxes = mailboxes;
        this.accounts = accounts;
        this.spool = spool;
        this.hints = hints;
    }

    Accepted accept(Submission mail) {
        try (var arriving = new Arriving(bodies)) {
            Arrival arrival =
                    arriving.read(mail.body(), EmailId.of(mail.id()), Flags.NONE, mail.received());
            Accepted done = mailboxes.locked(() -> accept(mail, arrival));
            done.local().forEach(a -> hints.changed(a.mailbox()));
            return done;
        }
    }

    private Accepted accept(Submission mail, Arrival arrival) {
        boolean relayed = !mail.remote().isEmpty();
        Accepted before = relayed ? accepted.get(mail.id()) : null;
        if (before != null) return before;
        var once = mail.to(mail.local().stream().distinct().toList(), mail.remote());
        // Mail that is only local is known by what it became in each mailbox.
        var all = once.local().stream().map(mailboxes::get).toList();
        if (!relayed && all.stream().allMatch(place -> place.has(mail.id()))) {
            return new Accepted(
                    mail.id(), all.stream().map(place -> place.delivered(mail.id())).toList());
        }
        var fresh = repeats.fresh(once);
        var places = fresh.local().stream().map(mailboxes::get).toList();
        requireRoom(places, Usage.of(arrival.octets()));
        var one = new LinkedHashMap<>(Map.of(mail.id(), arrival));
        List<Appended> local = new ArrayList<>();
        for (var place : places) {
            place.deliver(one);
            local.add(place.delivered(mail.id()));
        }
        spool.add(fresh, arrival.content().body());
        repeats.note(fresh);
        int repeated =
                once.local().size() - places.size() + once.remote().size() - fresh.remote().size();
        var done = new Accepted(mail.id(), List.copyOf(local), repeated);
        if (relayed) accepted.put(mail.id(), done);
        return done;
    }

    /** Refuses the mail when one of the accounts has no room for its copies. */
    private void requireRoom(List<MemoryMailbox> places, Usage each) {
        Map<AccountId, Usage> more = new HashMap<>();
        for (var place : places) more.merge(place.id().account(), each, Usage::plus);
        more.forEach(this::requireRoom);
    }

    private void requireRoom(AccountId account, Usage more) {
        Quota quota = accounts.get(account).map(Account::quota).orElse(Quota.NONE);
        if (quota.limited()) quota.require(mailboxes.of(account).usage(), more);
    }

    List<Appended> append(MailboxId mailbox, List<Delivery> deliveries) {
        try (var arriving = new Arriving(bodies)) {
            var arrivals = new LinkedHashMap<DeliveryId, Arrival>();
            for (var d : deliveries) {
                var id = EmailId.of(d.id());
                arrivals.put(d.id(), arriving.read(d.body(), id, d.flags(), d.internalDate()));
            }
            return deliver(mailbox, arrivals, deliveries);
        }
    }

    List<Appended> restore(MailboxId mailbox, List<Restored> messages) {
        try (var arriving = new Arriving(bodies)) {
            var arrivals = new LinkedHashMap<DeliveryId, Arrival>();
            for (var m : messages) {
                var d = m.delivery();
                var arrival = arriving.read(d.body(), m.email(), d.flags(), d.internalDate());
                arrivals.put(d.id(), arrival.at(m.uid(), m.savedDate()));
            }
            return deliver(mailbox, arrivals, messages.stream().map(Restored::delivery).toList());
        }
    }

    private List<Appended> deliver(
            MailboxId mailbox,
            SequencedMap<DeliveryId, Arrival> arrivals,
            List<Delivery> deliveries) {
        List<Appended> done =
                mailboxes.locked(
                        () -> {
                            MemoryMailbox place = mailboxes.get(mailbox);
                            requireRoom(mailbox.account(), place.usageOf(arrivals));
                            place.deliver(arrivals);
                            return deliveries.stream().map(d -> place.delivered(d.id())).toList();
                        });
        hints.changed(mailbox);
        return done;
    }

    CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move) {
        CopyResult done =
                mailboxes.locked(() -> copy(mailboxes.get(from), uids, mailboxes.get(to), move));
        hints.changed(to);
        if (move) hints.changed(from);
        return done;
    }

    private CopyResult copy(MemoryMailbox from, UidSet uids, MemoryMailbox to, boolean move) {
        UidSet there = from.index().existing(uids);
        var leaving = from.leaving(there);
        AccountId account = to.id().account();
        if (!move || !from.id().account().equals(account)) {
            requireRoom(account, MemoryMailbox.sum(leaving));
        }
        var copies = to.append(leaving);
        long modSeq = to.index().state().highestModSeq();
        long gone = move ? from.remove(there).modSeq() : 0;
        return new CopyResult(
                to.index().state().uidValidity(),
                there.stream().boxed().toList(),
                copies.stream().map(Appended::uid).toList(),
                modSeq,
                gone);
    }
}
