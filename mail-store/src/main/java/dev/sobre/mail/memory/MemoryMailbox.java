package dev.sobre.mail.memory;

import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.Changes;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.KeywordLimits;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Message;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.Vanished;
import dev.sobre.mail.mime.Digest;
import dev.sobre.mail.mime.HeaderCache;
import dev.sobre.mail.mime.MimeEntity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One mailbox in memory. Changes are made with the store's lock held; the index is replaced whole,
 * so that readers, who take no lock, never see half of a change.
 */
final class MemoryMailbox {

    /** What is on its way into a mailbox. */
    record Arrival(
            Flags flags,
            Instant date,
            Content content,
            Optional<ThreadKeys> kin,
            Optional<Slot> slot) {

        static Arrival of(Flags flags, Instant date, BlobRef body, EmailId id, Digest digest) {
            var content =
                    new Content(
                            body,
                            id,
                            ThreadId.begunBy(id),
                            digest.structure(),
                            digest.preview(),
                            digest.headers());
            var kin = ThreadKeys.of(digest.relations());
            return new Arrival(flags, date, content, Optional.of(kin), Optional.empty());
        }

        Arrival at(long uid, Instant saved) {
            var back = Optional.of(new Slot(uid, saved.truncatedTo(ChronoUnit.SECONDS)));
            return new Arrival(flags, date, content, kin, back);
        }

        long octets() {
            return content.body.length();
        }
    }

    /** Where a message comes back to. */
    record Slot(long uid, Instant saved) {}

    /** What never changes of a message; copies share it. */
    record Content(
            BlobRef body,
            EmailId email,
            ThreadId thread,
            MimeEntity structure,
            String preview,
            HeaderCache headers) {

        Content in(ThreadId other) {
            return new Content(body, email, other, structure, preview, headers);
        }
    }

    private static final int DELIVERIES_REMEMBERED = 100_000;

    private final MailboxId id;
    private final Optional<SpecialUse> use;
    private final Bodies bodies;
    private final MemoryThreads threads;
    private final VanishedLog vanished;
    private final Map<Long, Content> held = new ConcurrentHashMap<>();
    private final Map<DeliveryId, Appended> delivered = Recent.of(DELIVERIES_REMEMBERED);
    private final AtomicLong recent = new AtomicLong(1);
    private volatile MailboxIndex index;

    MemoryMailbox(
            MailboxId id,
            Optional<SpecialUse> use,
            long uidValidity,
            Bodies bodies,
            MemoryThreads threads,
            int expungesKept) {
        this.id = id;
        this.use = use;
        this.bodies = bodies;
        this.threads = threads;
        this.vanished = new VanishedLog(expungesKept);
        this.index = MailboxIndex.of(new MailboxState(uidValidity, 1, 1, 0, 0, 0), List.of());
    }

    MailboxId id() {
        return id;
    }

    Optional<SpecialUse> use() {
        return use;
    }

    MailboxIndex index() {
        return index;
    }

    long claimRecent(long below) {
        return recent.getAndAccumulate(below, Math::max);
    }

    /** The message at a position of an index taken before; empty when it has gone since. */
    Optional<Message> message(MailboxIndex then, int at) {
        Content h = held.get(then.uid(at));
        if (h == null) return Optional.empty();
        return Optional.of(
                new Message(
                        then.uid(at),
                        then.modSeq(at),
                        then.flags(at),
                        then.internalDate(at),
                        then.savedDate(at),
                        then.octets(at),
                        h.body,
                        h.email,
                        h.thread,
                        h.structure,
                        h.preview,
                        h.headers));
    }

    /** What those of these would take that were not delivered under their ids before. */
    Usage usageOf(SequencedMap<DeliveryId, Arrival> arrivals) {
        var fresh = new LinkedHashMap<>(arrivals);
        fresh.keySet().removeAll(delivered.keySet());
        return sum(fresh.values());
    }

    static Usage sum(Collection<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> Usage.of(arrival.octets()))
                .reduce(Usage.NONE, Usage::plus);
    }

    /** Appends what was not delivered under its id before, in the order of the map. */
    void deliver(SequencedMap<DeliveryId, Arrival> arrivals) {
        var fresh = new LinkedHashMap<>(arrivals);
        fresh.keySet().removeAll(delivered.keySet());
        var ids = List.copyOf(fresh.keySet());
        List<Appended> done = append(fresh.values());
        for (int i = 0; i < ids.size(); i++) delivered.put(ids.get(i), done.get(i));
    }

    /** Whether a delivery was made. */
    boolean has(DeliveryId delivery) {
        return delivered.containsKey(delivery);
    }

    /** What became of a delivery that was made. */
    Appended delivered(DeliveryId delivery) {
        Appended done = delivered.get(delivery);
        if (done == null) throw new IllegalStateException("not delivered: " + delivery);
        return done;
    }

    List<Appended> append(Collection<Arrival> arrivals) {
        MailboxState s = index.state();
        if (s.uidNext() + arrivals.size() > UidSet.HIGHEST) {
            throw new StoreException(Reason.FULL, "the mailbox has used up its UIDs");
        }
        KeywordLimits.require(index.keywords(), arrivals.stream().map(Arrival::flags).toList());
        List<MailboxIndex.Row> rows = new ArrayList<>();
        List<Appended> done = new ArrayList<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        requireOrder(arrivals, s.uidNext());
        for (var a : arrivals) {
            long octets = a.octets();
            long uid = a.slot.map(Slot::uid).filter(u -> u > 0).orElse(s.uidNext());
            Instant saved = a.slot.map(Slot::saved).orElse(now);
            s = counted(s, uid + 1, s.highestModSeq() + 1, a.flags, octets, 1);
            bodies.hold(a.content.body);
            held.put(uid, threaded(a));
            rows.add(new MailboxIndex.Row(uid, a.flags, s.highestModSeq(), octets, a.date, saved));
            done.add(new Appended(id, s.uidValidity(), uid, s.highestModSeq()));
        }
        if (!rows.isEmpty()) index = index.append(s, rows);
        return done;
    }

    private static void requireOrder(Collection<Arrival> arrivals, long uidNext) {
        long least = uidNext;
        for (var a : arrivals) {
            long uid = a.slot.map(Slot::uid).filter(u -> u > 0).orElse(least);
            if (uid < least) {
                throw new StoreException(Reason.REFUSED, "the mailbox has used this UID");
            }
            least = uid + 1;
        }
    }

    /** Takes other numbers for the same messages, unless they differ from those that were seen. */
    void adopt(MailboxState seen, Numbering numbers) {
        MailboxState s = index.state();
        if (!s.holdsTheSameAs(seen)) return;
        s.under(numbers).ifPresent(after -> index = index.update(after, List.of()));
    }

    /** A message that is new here gets its thread; a copy has one. */
    private Content threaded(Arrival a) {
        return a.kin.map(kin -> a.content.in(threads.place(kin, a.content.email)))
                .orElse(a.content);
    }

    /** Entries of it were changed, of which no message shows anything. */
    void annotated() {
        index = index.update(index.state().annotated(), List.of());
    }

    StoreResult store(UidSet uids, FlagChange change, long unchangedSince) {
        MailboxState s = index.state();
        long modSeq = s.highestModSeq() + 1;
        List<StoreResult.Updated> asAsked = new ArrayList<>();
        List<StoreResult.Updated> changed = new ArrayList<>();
        var modified = new UidSet.Builder();
        for (var positions = index.positions(uids); positions.hasNext(); ) {
            int at = positions.nextInt();
            Flags before = index.flags(at);
            Flags after = change.apply(before);
            if (index.modSeq(at) > unchangedSince) {
                modified.add(index.uid(at));
            } else if (after.equals(before)) {
                asAsked.add(new StoreResult.Updated(index.uid(at), before, index.modSeq(at)));
            } else {
                changed.add(new StoreResult.Updated(index.uid(at), after, modSeq));
                asAsked.add(changed.getLast());
                s = counted(s, s.uidNext(), modSeq, before, 0, -1);
                s = counted(s, s.uidNext(), modSeq, after, 0, 1);
            }
        }
        var flags = changed.stream().map(StoreResult.Updated::flags).toList();
        KeywordLimits.require(index.keywords(), flags);
        if (!changed.isEmpty()) index = index.update(s, changed);
        return new StoreResult(asAsked, modified.build(), s.highestModSeq());
    }

    /** All UIDs there are. */
    UidSet uids() {
        return index.existing(UidSet.ALL);
    }

    /** The messages of a set, ready to be appended elsewhere. */
    List<Arrival> leaving(UidSet uids) {
        List<Arrival> leaving = new ArrayList<>();
        for (var positions = index.positions(uids); positions.hasNext(); ) {
            int at = positions.nextInt();
            Content content = held.get(index.uid(at));
            if (content == null) continue;
            leaving.add(
                    new Arrival(
                            index.flags(at),
                            index.internalDate(at),
                            content,
                            Optional.empty(),
                            Optional.empty()));
        }
        return leaving;
    }

    /** Those UIDs of a set whose messages have {@code \Deleted}. */
    UidSet deleted(UidSet uids) {
        var set = new UidSet.Builder();
        for (var positions = index.positions(uids); positions.hasNext(); ) {
            int at = positions.nextInt();
            if (index.flags(at).has(Flag.DELETED)) set.add(index.uid(at));
        }
        return set.build();
    }

    /** Takes messages that exist away; their bodies are released. */
    Vanished remove(UidSet gone) {
        MailboxState s = index.state();
        if (gone.isEmpty()) return new Vanished(gone, s.highestModSeq());
        long modSeq = s.highestModSeq() + 1;
        for (var positions = index.positions(gone); positions.hasNext(); ) {
            int at = positions.nextInt();
            s = counted(s, s.uidNext(), modSeq, index.flags(at), -index.octets(at), -1);
        }
        var event = new Vanished(gone, modSeq);
        vanished.add(event);
        index = index.remove(s, gone);
        gone.stream().forEach(this::release);
        return event;
    }

    Changes changes(long sinceModSeq) {
        MailboxState s = index.state();
        if (sinceModSeq < vanished.reachesBackTo()) return new Changes.TooOld(s);
        return new Changes.Since(index.changedSince(sinceModSeq), vanished.since(sinceModSeq), s);
    }

    private void release(long uid) {
        Content h = held.remove(uid);
        if (h != null) bodies.release(h.body);
    }

    private static MailboxState counted(
            MailboxState s, long uidNext, long modSeq, Flags flags, long octets, int sign) {
        int unseen = flags.has(Flag.SEEN) ? 0 : sign;
        return new MailboxState(
                s.uidValidity(),
                uidNext,
                modSeq,
                s.messages() + sign,
                s.unseen() + unseen,
                s.octets() + octets);
    }
}
