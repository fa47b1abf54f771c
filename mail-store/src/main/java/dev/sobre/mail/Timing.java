package dev.sobre.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * When a mail is to arrive, as its sender asks.
 *
 * @param release before when it must not (RFC 4865)
 * @param deliverBy by when it should (RFC 2852)
 */
public record Timing(Optional<Release> release, Optional<DeliverBy> deliverBy) {

    public static final Timing NONE = new Timing(Optional.empty(), Optional.empty());

    /**
     * Before when a mail must not arrive.
     *
     * @param asked in the words of a report: {@code for;3600}, {@code until;2026-12-24T18:00:00Z}
     */
    public record Release(Instant at, String asked) {}

    /**
     * By when a mail should arrive.
     *
     * @param returned whether it goes back then; else it is tried on, and its sender told
     * @param traced whether the sender is told of each server that took it
     */
    public record DeliverBy(Instant at, boolean returned, boolean traced) {}

    /** When it may be tried first. */
    public Instant earliest(Instant now) {
        return release.map(Release::at).filter(at -> at.isAfter(now)).orElse(now);
    }
}
