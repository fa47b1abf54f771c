package dev.sobre.smtp.relay;

import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Timing.DeliverBy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the time by which a mail is to arrive means to one server. RFC 2852 §4.1.4. */
record Deadline(Optional<DeliverBy> by, Features can, Instant now) {

    private static final long FARTHEST = 999_999_999; // §4

    static Deadline of(Terms terms, Features can, Instant now) {
        return new Deadline(terms.timing().deliverBy(), can, now);
    }

    /** Whether it must not be delivered any more (§4.1.3). */
    static boolean isOver(Terms terms, Instant now) {
        return terms.timing()
                .deliverBy()
                .map(by -> by.returned() && !now.isBefore(by.at()))
                .orElse(false);
    }

    static Outcome over() {
        return Outcome.Failed.here("5.4.7", "the time in which it was to arrive is over");
    }

    /** Why the server can't have it (§4.1.4.1). */
    Optional<Outcome> refusal(String host) {
        if (by.isEmpty() || !by.get().returned()) return Optional.empty();
        if (left() < 1) return Optional.of(over());
        if (!can.has("DELIVERBY")) {
            return Optional.of(
                    new Outcome.Failed(host, "5.3.3", "it does not return what is late"));
        }
        if (left() >= can.shortestTime()) return Optional.empty();
        String why = "it does not return what is later than " + left() + " seconds";
        return Optional.of(new Outcome.Failed(host, "5.3.3", why));
    }

    /** The parameter of MAIL. */
    String parameter() {
        if (by.isEmpty() || !can.has("DELIVERBY")) return "";
        var mode = by.get().returned() ? "R" : "N";
        return " BY=" + left() + ";" + mode + (by.get().traced() ? "T" : "");
    }

    /** Whether the sender is told that it was handed on, unless they want to hear nothing. */
    boolean isTold() {
        return by.map(DeliverBy::traced).orElse(false) || isLost();
    }

    /** What the server is asked to tell of: of delay too, where it does not know the time. */
    Set<Notify> tellOf(Set<Notify> wished) {
        if (!isLost() || wished.contains(Notify.NEVER)) return wished;
        if (wished.isEmpty()) return EnumSet.of(Notify.FAILURE, Notify.DELAY);
        var all = EnumSet.copyOf(wished);
        all.add(Notify.DELAY);
        return all;
    }

    /** Whether there is time left of which the server will know nothing (§4.1.4.2). */
    private boolean isLost() {
        return by.isPresent() && !can.has("DELIVERBY") && left() > 0;
    }

    /** In seconds; below zero when it is over. */
    private long left() {
        Instant at = by.orElseThrow().at();
        return Math.clamp(Duration.between(now, at).toSeconds(), -FARTHEST, FARTHEST);
    }
}
