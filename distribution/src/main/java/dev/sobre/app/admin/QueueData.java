package dev.sobre.app.admin;

import static java.util.stream.Collectors.joining;

import dev.sobre.mail.Spool.Waiting;
import dev.sobre.mail.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** An entry of the queue as people and programs read it. */
final class QueueData {

    private QueueData() {}

    static Map<String, Object> of(Waiting w, Instant now) {
        var data = new LinkedHashMap<String, Object>();
        Terms terms = w.entry().terms();
        data.put("mail", QueueChoice.id(w));
        data.put("number", w.number());
        data.put("from", w.sender());
        data.put("to", w.entry().recipient());
        data.put("domain", w.entry().domain());
        data.put("octets", w.body().length());
        data.put("state", state(w, now));
        data.put("accepted", terms.accepted());
        data.put("next", w.entry().next());
        data.put("expires", terms.expires());
        data.put("attempts", w.entry().attempts());
        data.put("priority", terms.priority());
        terms.timing().release().ifPresent(r -> data.put("not-before", r.at()));
        terms.timing().deliverBy().ifPresent(by -> data.put("deliver-by", by.at()));
        if (!terms.tellOf().isEmpty()) data.put("notify", notify(terms));
        if (!terms.envelopeId().isEmpty()) data.put("envelope-id", terms.envelopeId());
        if (!terms.originalRecipient().isEmpty()) data.put("orcpt", terms.originalRecipient());
        data.put("why", w.entry().note());
        return data;
    }

    private static String notify(Terms terms) {
        return terms.tellOf().stream().sorted().map(Terms.Notify::name).collect(joining(","));
    }

    static String state(Waiting w, Instant now) {
        if (w.entry().terms().held()) return "held";
        if (w.claimed().filter(until -> until.isAfter(now)).isPresent()) return "leaving";
        return w.entry().next().isAfter(now) ? "waiting" : "due";
    }

    /** When next, in words. */
    static String when(Waiting w, Instant now) {
        return switch (state(w, now)) {
            case "held" -> "held back; `queue release` lets it go";
            case "leaving" -> "is being sent";
            case "due" -> "is due";
            default ->
                    "next at "
                            + w.entry().next().truncatedTo(ChronoUnit.SECONDS)
                            + ", in "
                            + words(Duration.between(now, w.entry().next()));
        };
    }

    static String why(Waiting w, Instant now) {
        boolean early = w.entry().terms().timing().earliest(now).isAfter(now);
        if (early) return "its sender wants it to wait until then";
        String tried =
                switch (w.entry().attempts()) {
                    case 0 -> "not tried yet";
                    case 1 -> "tried once";
                    default -> "tried " + w.entry().attempts() + " times";
                };
        return w.entry().note().isEmpty() ? tried : tried + ": " + w.entry().note();
    }

    static String words(Duration time) {
        if (time.toHours() >= 48) return time.toDays() + " days";
        if (time.toMinutes() >= 120) return time.toHours() + " hours";
        return time.toSeconds() >= 120 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
