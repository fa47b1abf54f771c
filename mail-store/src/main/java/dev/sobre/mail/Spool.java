package dev.sobre.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable queue of mail that waits to be relayed. */
public interface Spool {

    /**
     * One recipient of one accepted mail.
     *
     * @param recipient the forward-path
     * @param domain the destination, by which a relay groups its work
     * @param next when it is due
     * @param attempts how often it was tried
     * @param note the last answer of the far side, empty before the first try
     */
    record Entry(String recipient, String domain, Instant next, int attempts, String note) {}

    /** An entry that is claimed by one worker until {@code until}. */
    record Claim(
            DeliveryId mail, int number, String sender, BlobRef body, Entry entry, Instant until) {}

    /** Claims up to {@code most} due entries, oldest first; a claim that runs out is due again. */
    List<Claim> claim(Instant now, Duration lease, int most);

    /** Puts a claimed entry back, to be tried again at {@code next.next()}. */
    void reschedule(Claim claim, Entry next);

    /** Removes a claimed entry that was delivered or has finally failed. */
    void complete(Claim claim);

    /** When the earliest entry is due. */
    Optional<Instant> nextDue();

    /** How many entries wait. */
    long size();
}
