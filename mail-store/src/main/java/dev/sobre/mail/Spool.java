package dev.sobre.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable queue of mail that waits to be relayed. A worker claims what is due, and then says
 * what became of it; an entry that nobody claims waits, and one that is held back is never due.
 */
public interface Spool {

    /**
     * One recipient of one accepted mail.
     *
     * @param recipient the forward-path
     * @param domain the destination, by which a relay groups its work; empty for a mailbox of this
     *     very server, whose mail is to wait
     * @param next when it is due
     * @param attempts how often it was tried
     * @param note the last answer of the far side, empty before the first try
     */
    record Entry(
            String recipient, String domain, Instant next, int attempts, String note, Terms terms) {

        /** An entry on standard terms. */
        public Entry(String recipient, String domain, Instant next, int attempts, String note) {
            this(recipient, domain, next, attempts, note, Terms.standard(next));
        }

        /** The same, to be tried at another time. */
        public Entry at(Instant time, int tried, String why) {
            return new Entry(recipient, domain, time, tried, why, terms);
        }

        /** The same, to be tried now, or as soon as its sender allows. */
        public Entry soon(Instant now) {
            return at(terms.timing().earliest(now), attempts, note);
        }

        /** Whether it goes to a mailbox of this very server. */
        public boolean isHere() {
            return domain.isEmpty();
        }

        public Entry with(Terms other) {
            return new Entry(recipient, domain, next, attempts, note, other);
        }
    }

    /** An entry that is claimed by one worker until {@code until}. */
    record Claim(
            DeliveryId mail, int number, String sender, BlobRef body, Entry entry, Instant until) {}

    /**
     * An entry as it waits, or is being worked on.
     *
     * @param claimed until when a worker has it
     */
    record Waiting(
            DeliveryId mail,
            int number,
            String sender,
            BlobRef body,
            Entry entry,
            Optional<Instant> claimed) {}

    /** Claims up to {@code most} due entries, oldest first; a claim that runs out is due again. */
    List<Claim> claim(Instant now, Duration lease, int most);

    /** Puts a claimed entry back, to be tried again at {@code next.next()}. */
    default void reschedule(Claim claim, Entry next) {
        reschedule(Map.of(claim, next));
    }

    /** Puts claimed entries back, all at once. */
    void reschedule(Map<Claim, Entry> all);

    /** Removes a claimed entry that was delivered or has finally failed. */
    default void complete(Claim claim) {
        complete(List.of(claim));
    }

    /** Removes claimed entries that were delivered or have finally failed, all at once. */
    void complete(List<Claim> claims);

    /**
     * Ends all claims. For the only process that works on a store, when it starts: whoever claimed
     * is no more.
     */
    void reclaim();

    /**
     * Some entries in the order of their mails.
     *
     * @param after the entry to go on behind; empty to begin
     */
    List<Waiting> list(Optional<Waiting> after, int most);

    /** The entries of one mail. */
    List<Waiting> entries(DeliveryId mail);

    /**
     * Changes an entry that is as it was seen, and that nobody works on now.
     *
     * @return whether that was so
     */
    boolean change(Waiting seen, Entry next, Instant now);

    /** Removes an entry that is as it was seen, and that nobody works on now. */
    boolean remove(Waiting seen, Instant now);

    /** When the earliest entry is due. */
    Optional<Instant> nextDue();

    /** How many entries wait. */
    long size();

    /**
     * Calls {@code hint} after entries came or may be due sooner. Hints may be merged, lost or
     * repeated, come on any thread, and must return at once.
     */
    Subscription watch(Runnable hint);
}
