package dev.sobre.smtp.relay;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.Terms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the spool what became of mails, and has their senders told. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    /** What became of a mail for one recipient. */
    private record Settled(Claim claim, Outcome outcome) {
        Report.Line line() {
            return new Report.Line(claim.number(), claim.entry(), outcome);
        }
    }

    private final RelaySettings settings;
    private final MailStore store;
    private final Spool spool;
    private final Returns returns;

    Settlement(RelaySettings settings, MailStore store, Returns returns) {
        this.settings = settings;
        this.store = store;
        this.spool = store.spool();
        this.returns = returns;
    }

    static Map<Claim, Outcome> all(Consignment mail, Outcome outcome) {
        var outcomes = new LinkedHashMap<Claim, Outcome>();
        mail.claims().forEach(claim -> outcomes.put(claim, outcome));
        return outcomes;
    }

    /**
     * The spool first for what was delivered, so that it can't be delivered again; the report first
     * for what has failed, so that it can't be lost. A report that comes twice is one.
     */
    void settle(Consignment mail, Map<Claim, Outcome> outcomes) {
        List<Settled> delivered = new ArrayList<>();
        List<Settled> failed = new ArrayList<>();
        Map<Claim, Entry> again = new LinkedHashMap<>();
        outcomes.forEach(
                (claim, outcome) -> {
                    log(claim, outcome);
                    switch (outcome) {
                        case Outcome.Delivered _ -> delivered.add(new Settled(claim, outcome));
                        case Outcome.Failed _ -> failed.add(new Settled(claim, outcome));
                        case Outcome.Deferred(String why) ->
                                putBack(claim, deferred(claim.entry(), why), again, failed);
                        case Outcome.Waits(String why, Instant until) ->
                                putBack(claim, waiting(claim.entry(), why, until), again, failed);
                    }
                });
        if (!delivered.isEmpty()) {
            // Written before the store may forget the mail.
            var kind = mail.entry().isHere() ? Report.Kind.DELIVERED : Report.Kind.RELAYED;
            var report = report(mail, kind, delivered);
            var octets = report.flatMap(r -> written(mail, r));
            spool.complete(claims(delivered));
            octets.ifPresent(o -> returns.bring(report.get().id(), mail.sender(), o));
        }
        if (!again.isEmpty()) spool.reschedule(again);
        if (!failed.isEmpty()) {
            tell(mail, Report.Kind.FAILED, failed);
            spool.complete(claims(failed));
        }
    }

    private Entry deferred(Entry entry, String why) {
        int attempts = entry.attempts() + 1;
        Instant now = settings.clock().instant();
        Duration wait = settings.schedule().after(attempts, ThreadLocalRandom.current());
        return entry.at(earlier(now.plus(wait), entry), attempts, why);
    }

    private Entry waiting(Entry entry, String why, Instant until) {
        long half = Duration.between(settings.clock().instant(), until).toMillis() / 2;
        long spread = Math.clamp(half, 1, 20_000);
        Instant some = until.plusMillis(ThreadLocalRandom.current().nextLong(spread));
        return entry.at(earlier(some, entry), entry.attempts(), why);
    }

    /** The last attempt is made when the time is over, one when the sender's own for it is. */
    private Instant earlier(Instant next, Entry entry) {
        Terms terms = entry.terms();
        boolean own = terms.timing().deliverBy().isPresent();
        boolean ahead = own && terms.warn().isAfter(settings.clock().instant());
        Instant end =
                ahead && terms.warn().isBefore(terms.expires()) ? terms.warn() : terms.expires();
        return end.isBefore(next) ? end : next;
    }

    private void putBack(Claim claim, Entry next, Map<Claim, Entry> again, List<Settled> failed) {
        Instant now = settings.clock().instant();
        if (!now.isBefore(next.terms().expires())) {
            var over =
                    Outcome.Failed.here("5.4.7", "the time for it is over; last: " + next.note());
            failed.add(new Settled(claim, over));
            return;
        }
        boolean late = !now.isBefore(next.terms().warn());
        if (late) {
            var line = new Settled(claim, new Outcome.Deferred(next.note()));
            tell(new Consignment(List.of(claim)), Report.Kind.DELAYED, List.of(line));
        }
        again.put(claim, late ? told(next) : next);
    }

    private Entry told(Entry entry) {
        var told = entry.with(entry.terms().warned());
        return told.at(earlier(told.next(), told), told.attempts(), told.note());
    }

    private void tell(Consignment mail, Report.Kind kind, List<Settled> all) {
        report(mail, kind, all)
                .ifPresent(
                        report ->
                                written(mail, report)
                                        .ifPresent(
                                                octets ->
                                                        returns.bring(
                                                                report.id(),
                                                                mail.sender(),
                                                                octets)));
    }

    /** The report that somebody wants; a report is never reported on. */
    private Optional<Report> report(Consignment mail, Report.Kind kind, List<Settled> all) {
        var lines = all.stream().map(Settled::line).filter(kind::isWanted).toList();
        if (lines.isEmpty() || mail.sender().isEmpty()) return Optional.empty();
        return Optional.of(
                new Report(
                        settings.hostname(),
                        kind,
                        mail.first().mail(),
                        mail.sender(),
                        lines,
                        settings.clock().instant()));
    }

    private Optional<byte[]> written(Consignment mail, Report report) {
        try (var body = store.open(mail.body())) {
            return Optional.of(report.octets(new Outgoing(body)));
        } catch (IOException e) {
            return Optional.of(ofDamaged(report, e));
        } catch (StoreException e) {
            return switch (e.reason()) {
                case DAMAGED -> Optional.of(ofDamaged(report, e));
                case MISSING -> Optional.empty(); // it was settled before
                default -> throw e;
            };
        }
    }

    private static byte[] ofDamaged(Report report, Exception why) {
        LOG.error("a mail is damaged: nothing of it goes back with the report to its sender", why);
        return report.octets();
    }

    private static List<Claim> claims(List<Settled> all) {
        return all.stream().map(Settled::claim).toList();
    }

    private static void log(Claim claim, Outcome outcome) {
        String id = claim.mail().hex();
        String what =
                switch (outcome) {
                    case Outcome.Delivered d -> d.host().isEmpty() ? "has arrived" : "went out";
                    case Outcome.Deferred _ -> "was put off";
                    case Outcome.Waits _ -> "waits";
                    case Outcome.Failed _ -> "failed";
                };
        LOG.info("mail {} to {} {}: {}", id, claim.entry().recipient(), what, outcome.why());
    }
}
