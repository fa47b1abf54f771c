package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.KeywordLimits;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.Restored;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.mime.Digest;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message on its way into mailboxes: made ready by its caller, placed once by the writer. */
final class Arrival {

    private final DeliveryId delivery;
    private final Flags flags;
    private final Instant date;
    private final Ready body;
    private final long octets;
    private final byte[] digest; // in the form of MessageRecord
    private final ThreadKeys kin;
    private final Optional<Restored> restored;
    private @Nullable Group group; // the one that the place was given in: a failed one is void
    private Optional<BlobRef> placed = Optional.empty();

    Arrival(
            DeliveryId delivery,
            Flags flags,
            Instant date,
            Ready body,
            long octets,
            Optional<Digest> digest,
            Optional<Restored> restored) {
        this.restored = restored;
        this.delivery = delivery;
        this.flags = flags;
        this.date = date;
        this.body = body;
        this.octets = octets;
        this.digest = digest.map(MessageRecord::encode).orElse(new byte[0]);
        this.kin = digest.map(d -> ThreadKeys.of(d.relations())).orElse(ThreadKeys.NONE);
    }

    DeliveryId delivery() {
        return delivery;
    }

    long octets() {
        return octets;
    }

    Flags flags() {
        return flags;
    }

    /** The body's place, given when it is first needed. */
    @SuppressWarnings("ReferenceEquality") // groups have identity
    BlobRef place(Group group) throws IOException {
        if (this.group != group) placed = Optional.of(body.place(group));
        this.group = group;
        return placed.orElseThrow();
    }

    /** Frees the body when it was not needed after all. */
    void discardUnlessPlaced() {
        if (placed.isEmpty()) body.discard();
    }

    /** What this became in a mailbox before, if it was delivered there. */
    Optional<Appended> earlier(Lookup lookup, MailboxId mailbox) {
        return lookup.get(Keys.delivery(delivery, mailbox))
                .map(value -> Outcome.decode(value).getFirst());
    }

    /** Asks ahead for what it takes to put the message into a mailbox, if that is not much. */
    void foresee(Foresight foresight, MailboxId mailbox) {
        if (earlier(foresight, mailbox).isPresent() || kin.ids().size() >= Engine.FEW) return;
        Threads.find(foresight, mailbox.account(), email(), kin);
    }

    private EmailId email() {
        return restored.map(Restored::email).orElseGet(() -> EmailId.of(delivery));
    }

    /** Puts the message into a mailbox. */
    Appended enter(Group group, Working mailbox) throws IOException {
        EmailId email = email();
        ThreadId thread = Threads.place(group, mailbox.id.account(), email, kin);
        BlobRef ref = place(group);
        var counters = mailbox.counters();
        long uid = uidFrom(counters.uidNext());
        long modSeq = counters.highestModSeq() + 1;
        var saved =
                restored.map(r -> r.savedDate().truncatedTo(ChronoUnit.SECONDS))
                        .orElse(group.now());
        var row = new Row(uid, flags, modSeq, ref.length(), date, saved);
        mailbox.add(row);
        group.held(mailbox.id.account()).add(Usage.of(ref.length()));
        group.put(Keys.of(Keys.ROW, mailbox.id, uid), IndexRow.encode(row));
        group.put(
                Keys.of(Keys.MESSAGE, mailbox.id, uid),
                MessageRecord.encode(ref, email, thread, digest));
        group.refer(ref, 1);
        var appended = new Appended(mailbox.id, counters.uidValidity(), uid, modSeq);
        group.put(Keys.delivery(delivery, mailbox.id), Outcome.encode(List.of(appended)));
        return appended;
    }

    /** Refuses keywords that a mailbox can't take. Its index is loaded only where there are any. */
    static void requireKeywords(Group group, MailboxId mailbox, List<Flags> coming) {
        if (coming.stream().allMatch(flags -> flags.keywords().isEmpty())) return;
        boolean empty = group.mailbox(mailbox).counters().messages() == 0;
        Set<String> present = empty ? Set.of() : group.indexed(mailbox).index().keywords();
        KeywordLimits.require(present, coming);
    }

    /** Refuses messages that come back when they can't have their UIDs. */
    static void requireOrder(Group group, Working mailbox, List<Arrival> arrivals) {
        if (arrivals.stream().allMatch(a -> a.restored.isEmpty())) return;
        long least = mailbox.counters().uidNext();
        Set<DeliveryId> fresh = new HashSet<>();
        for (var a : arrivals) {
            boolean comes = fresh.add(a.delivery) && a.earlier(group, mailbox.id).isEmpty();
            if (!comes) continue;
            long uid = a.uidFrom(least);
            if (uid < least) {
                throw new StoreException(Reason.REFUSED, "the mailbox has used this UID");
            }
            least = uid + 1;
        }
    }

    /** The UID it had, or else the next one. */
    private long uidFrom(long next) {
        return restored.map(Restored::uid).filter(had -> had > 0).orElse(next);
    }

    /** Refuses when a mailbox can't number so many further messages. */
    static void requireUids(Working mailbox, int messages) {
        if (mailbox.counters().uidNext() + messages > UidSet.HIGHEST) {
            throw new StoreException(Reason.FULL, "the mailbox has used up its UIDs");
        }
    }
}
