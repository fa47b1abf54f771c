package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.Appended;
import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Restored;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.mime.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes mail in: it is summed and parsed by its caller, or aside when it is large; the writer
 * numbers and commits it.
 */
final class Deliveries {

    private final Bodies bodies;
    private final CommitQueue queue;
    private final RocksSpool spool;
    private final Repeats repeats = new Repeats();

    Deliveries(Bodies bodies, CommitQueue queue, RocksSpool spool) {
        this.bodies = bodies;
        this.queue = queue;
        this.spool = spool;
    }

    Accepted accept(Submission mail) {
        var once = mail.to(mail.local().stream().distinct().toList(), mail.remote());
        var arrival =
                Aside.shared()
                        .runOn(
                                mail.body().length(),
                                () ->
                                        arrival(
                                                mail.id(),
                                                mail.body(),
                                                Flags.NONE,
                                                mail.received(),
                                                once.local(),
                                                Optional.empty()));
        try {
            return queue.run(group -> stage(group, once, arrival), foresee(once, arrival));
        } finally {
            arrival.discardUnlessPlaced();
        }
    }

    /** Asks ahead for what a mail to few will ask for. */
    private Foresight foresee(Submission mail, Arrival arrival) {
        var foresight = queue.foresight();
        if (mail.local().size() + mail.remote().size() > Engine.FEW) return foresight;
        if (!mail.remote().isEmpty()) foresight.get(Keys.delivery(mail.id()));
        mail.local().forEach(mailbox -> arrival.foresee(foresight, mailbox));
        repeats.fresh(foresight, mail);
        return foresight;
    }

    private Accepted stage(Group group, Submission mail, Arrival arrival) throws IOException {
        var local = mail.local();
        byte[] key = Keys.delivery(mail.id());
        boolean relayed = !mail.remote().isEmpty();
        Optional<byte[]> before = relayed ? group.get(key) : Optional.empty();
        if (before.isPresent()) return new Accepted(mail.id(), Outcome.decode(before.get()));
        // Mail that is only local is known by what it became in each mailbox.
        var earlier = local.stream().map(mailbox -> arrival.earlier(group, mailbox)).toList();
        if (!relayed && earlier.stream().allMatch(Optional::isPresent)) {
            return new Accepted(mail.id(), earlier.stream().flatMap(Optional::stream).toList());
        }
        var fresh = repeats.fresh(group, mail);
        if (fresh.equals(mail)) return enter(group, mail, arrival, earlier);
        int repeated =
                local.size() + mail.remote().size() - fresh.local().size() - fresh.remote().size();
        if (fresh.isForNobody()) return new Accepted(mail.id(), List.of(), repeated);
        earlier = fresh.local().stream().map(mailbox -> arrival.earlier(group, mailbox)).toList();
        var entered = enter(group, fresh, arrival, earlier);
        return new Accepted(mail.id(), entered.local(), repeated);
    }

    private Accepted enter(
            Group group, Submission mail, Arrival arrival, List<Optional<Appended>> earlier)
            throws IOException {
        var local = mail.local();
        boolean relayed = !mail.remote().isEmpty();
        for (var mailbox : local) Arrival.requireUids(group.mailbox(mailbox), 1);
        Held.requireRoom(group, local, List.of(arrival));
        repeats.note(group, mail);
        List<Appended> appended = new ArrayList<>();
        for (int i = 0; i < local.size(); i++) {
            var there = earlier.get(i);
            appended.add(
                    there.isPresent()
                            ? there.get()
                            : arrival.enter(group, group.mailbox(local.get(i))));
        }
        if (relayed) {
            BlobRef ref = arrival.place(group);
            spool.stage(group, mail, ref);
            group.refer(ref, mail.remote().size());
            group.put(Keys.delivery(mail.id()), Outcome.encode(appended));
        }
        return new Accepted(mail.id(), List.copyOf(appended));
    }

    List<Appended> append(MailboxId mailbox, List<Delivery> deliveries) {
        return append(mailbox, deliveries, d -> d, d -> arrival(d, mailbox, Optional.empty()));
    }

    List<Appended> restore(MailboxId mailbox, List<Restored> messages) {
        return append(
                mailbox,
                messages,
                Restored::delivery,
                m -> arrival(m.delivery(), mailbox, Optional.of(m)));
    }

    private <M> List<Appended> append(
            MailboxId mailbox,
            List<M> messages,
            Function<M, Delivery> delivery,
            Function<M, Arrival> arrival) {
        long octets = messages.stream().mapToLong(m -> delivery.apply(m).body().length()).sum();
        List<Arrival> arrivals = new ArrayList<>();
        try {
            Aside.shared()
                    .runOn(
                            octets,
                            () -> {
                                for (var m : messages) arrivals.add(arrival.apply(m));
                                return arrivals;
                            });
            var foresight = queue.foresight();
            if (arrivals.size() == 1) arrivals.getFirst().foresee(foresight, mailbox);
            return queue.run(group -> stage(group, mailbox, arrivals), foresight);
        } finally {
            arrivals.forEach(Arrival::discardUnlessPlaced);
        }
    }

    private static List<Appended> stage(Group group, MailboxId mailbox, List<Arrival> arrivals)
            throws IOException {
        Working target = group.mailbox(mailbox);
        Arrival.requireUids(target, arrivals.size());
        Arrival.requireKeywords(group, mailbox, arrivals.stream().map(Arrival::flags).toList());
        Arrival.requireOrder(group, target, arrivals);
        Held.requireRoom(group, List.of(mailbox), arrivals);
        List<Appended> appended = new ArrayList<>();
        for (var arrival : arrivals) appended.add(enter(group, target, arrival));
        return List.copyOf(appended);
    }

    private static Appended enter(Group group, Working mailbox, Arrival arrival)
            throws IOException {
        Optional<Appended> earlier = arrival.earlier(group, mailbox.id);
        return earlier.isPresent() ? earlier.get() : arrival.enter(group, mailbox);
    }

    private Arrival arrival(Delivery d, MailboxId mailbox, Optional<Restored> restored) {
        var targets = List.of(mailbox);
        return arrival(d.id(), d.body(), d.flags(), d.internalDate(), targets, restored);
    }

    private Arrival arrival(
            DeliveryId id,
            BlobSource source,
            Flags flags,
            Instant date,
            List<MailboxId> targets,
            Optional<Restored> restored) {
        Optional<Digest> digest = targets.isEmpty() ? Optional.empty() : Optional.of(parse(source));
        var origin = new SegmentFormat.Origin(id, date, flags.systemBits(), targets);
        return new Arrival(
                id, flags, date, bodies.prepare(source, origin), source.length(), digest, restored);
    }

    private static Digest parse(BlobSource source) {
        try (BlobReader reader = source.open()) {
            return Digest.of(reader);
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the message can't be read back", e);
        }
    }
}
