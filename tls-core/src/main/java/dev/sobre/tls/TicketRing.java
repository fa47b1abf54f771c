package dev.sobre.tls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ticket keys and the reckoning about them: which seals, which open, when the next is due. */
record TicketRing(TicketSchedule schedule, List<TicketKey> keys) {

    /** The newest first. */
    TicketRing(TicketSchedule schedule, List<TicketKey> keys) {
        this.schedule = schedule;
        this.keys = keys.stream().sorted(Comparator.comparing(TicketKey::from).reversed()).toList();
    }

    /** The key that seals new tickets at a moment. */
    Optional<TicketKey> sealing(Instant now) {
        return live(now).filter(key -> !key.from().isAfter(now)).findFirst();
    }

    /** What opens tickets at a moment, first the key that seals; nothing where none seals. */
    List<TicketKey> opening(Instant now) {
        var sealing = sealing(now);
        if (sealing.isEmpty()) return List.of();
        var all = new ArrayList<>(List.of(sealing.get()));
        live(now).filter(key -> !key.equals(sealing.get())).forEach(all::add);
        return List.copyOf(all);
    }

    /** Until when there is nothing to do. */
    Instant until(Instant now) {
        return keys.stream()
                .flatMap(key -> Stream.of(key.from(), end(key), due(key)))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(now.plus(schedule.rotation()));
    }

    /** Whether a new key should be made known. */
    boolean due(Instant now) {
        return sealing(now).isEmpty()
                || live(now).findFirst().map(newest -> !now.isBefore(due(newest))).orElse(true);
    }

    /** Without what has expired, and with a new key where one is due. */
    TicketRing turned(Instant now) {
        if (!due(now)) return this;
        var all = new ArrayList<>(live(now).toList());
        all.add(TicketKey.make(sealing(now).map(key -> after(now)).orElse(now)));
        return new TicketRing(schedule, all);
    }

    /** Whether somebody whose clock is too far ahead has made keys. */
    boolean ahead(Instant now) {
        return keys.stream().anyMatch(key -> key.from().isAfter(latest(now)));
    }

    Instant end(TicketKey key) {
        return key.from().plus(schedule.lifetime());
    }

    /** A key is made known some time before it seals, also where that is late. */
    private Instant after(Instant now) {
        var planned = keys.getFirst().from().plus(schedule.rotation());
        var soonest = now.plus(schedule.lead());
        return planned.isBefore(soonest) ? soonest : planned;
    }

    private Instant due(TicketKey key) {
        return key.from().plus(schedule.rotation()).minus(schedule.lead());
    }

    private Instant latest(Instant now) {
        return now.plus(schedule.rotation()).plus(schedule.lead());
    }

    /** One from further ahead than any clock may be would open for longer than a key should. */
    private Stream<TicketKey> live(Instant now) {
        return keys.stream()
                .filter(key -> now.isBefore(end(key)) && !key.from().isAfter(latest(now)));
    }
}
