package dev.sobre.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * On what terms a mail is relayed to one recipient: how long we try, and what the sender asked to
 * be told (RFC 3461 §4).
 *
 * @param accepted when we took it over
 * @param expires when we give up
 * @param warn when the sender is told of the delay; {@link Instant#MAX} for never, or no more
 * @param held whether an administrator holds it back
 * @param priority from -9 to 9, the higher the sooner (RFC 6710)
 * @param utf8 whether it may only go where SMTPUTF8 is spoken (RFC 6531)
 * @param tellOf what to tell the sender of; none given: delay and failure
 * @param returned what of the mail goes back with a failure
 * @param envelopeId ENVID, decoded; empty where there was none
 * @param originalRecipient ORCPT as it came, with its type; empty where there was none
 * @param timing when it is to arrive
 */
public record Terms(
        Instant accepted,
        Instant expires,
        Instant warn,
        boolean held,
        int priority,
        boolean utf8,
        Set<Notify> tellOf,
        Returned returned,
        String envelopeId,
        String originalRecipient,
        Timing timing) {

    /** What the sender may be told of (RFC 3461 §4.1). */
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /** What of the mail goes back to its sender (RFC 3461 §4.3). */
    public enum Returned {
        /** Nobody asked: we choose. */
        UNSAID,
        FULL,
        HEADERS
    }

    public Terms {
        tellOf = Set.copyOf(tellOf);
    }

    /** Five days of trying, a word after four hours, and no wishes (RFC 5321 §4.5.4.1). */
    public static Terms standard(Instant accepted) {
        return of(accepted, Duration.ofDays(5), Duration.ofHours(4));
    }

    public static Terms of(Instant accepted, Duration expires, Duration warn) {
        return new Terms(
                accepted,
                accepted.plus(expires),
                accepted.plus(warn),
                false,
                0,
                false,
                Set.of(),
                Returned.UNSAID,
                "",
                "",
                Timing.NONE);
    }

    public boolean tells(Notify what) {
        return tellOf.isEmpty()
                ? what == Notify.FAILURE || what == Notify.DELAY
                : tellOf.contains(what);
    }

    public Terms withHeld(boolean now) {
        return with(warn, now, priority, utf8);
    }

    public Terms withWarn(Instant next) {
        return with(next, held, priority, utf8);
    }

    public Terms withPriority(int next) {
        return with(warn, held, next, utf8);
    }

    /** Whether those who take it must speak SMTPUTF8. */
    public Terms withUtf8(boolean needed) {
        return with(warn, held, priority, needed);
    }

    private Terms with(Instant next, boolean hold, int urgency, boolean utf) {
        return new Terms(
                accepted,
                expires,
                next,
                hold,
                urgency,
                utf,
                tellOf,
                returned,
                envelopeId,
                originalRecipient,
                timing);
    }

    public Terms withExpiry(Instant end) {
        return with(end, warn, timing);
    }

    /**
     * The same for a mail whose sender asks when it is to arrive. What is to wait has all of its
     * time afterwards; what is to return in time has no more than that, and what is only to be told
     * of is late then.
     */
    public Terms withTiming(Timing asked) {
        Duration waits = Duration.between(accepted, asked.earliest(accepted));
        Instant end = expires.plus(waits);
        Instant late = warn.plus(waits);
        var by = asked.deliverBy();
        if (by.isEmpty()) return with(end, late, asked);
        Instant at = by.get().at();
        return by.get().returned()
                ? with(at.isBefore(end) ? at : end, late, asked)
                : with(end, at.isBefore(late) ? at : late, asked);
    }

    /** The same when the sender was told that it is late: by its own time, they are told again. */
    public Terms warned() {
        Instant again =
                timing.deliverBy()
                        .filter(by -> !by.returned())
                        .map(Timing.DeliverBy::at)
                        .filter(at -> at.isAfter(warn))
                        .orElse(Instant.MAX);
        return withWarn(again);
    }

    private Terms with(Instant end, Instant late, Timing asked) {
        return new Terms(
                accepted,
                end,
                late,
                held,
                priority,
                utf8,
                tellOf,
                returned,
                envelopeId,
                originalRecipient,
                asked);
    }

    /** What the sender asked to be told. */
    public Terms withWishes(Set<Notify> of, Returned back, String id, String recipient) {
        return new Terms(
                accepted, expires, warn, held, priority, utf8, of, back, id, recipient, timing);
    }
}
