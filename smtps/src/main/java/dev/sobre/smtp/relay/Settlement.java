package dev.sobre.smtp.relay;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
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
        List<Report.Line> delivered = new ArrayList<>();
        List<Report.Line> failed = new ArrayList<>();
        outcomes.forEach(
                (claim, outcome) -> {
                    log(claim, outcome);
                    switch (outcome) {
                        case Outcome.Delivered _ -> delivered.add(new Report.Line(claim, outcome));
                        case Outcome.Failed _ -> failed.add(new Report.Line(claim, outcome));
                        case Outcome.Deferred(String why) -> defer(claim, why, failed);
                        case Outcome.Waits(String why, Instant until) ->
                                wait(claim, why, until, failed);
                    }
                });
        if (!delivered.isEmpty()) {
            // Written before the store may forget the mail.
            var report = written(mail, Report.Kind.RELAYED, delivered);
            spool.complete(claims(delivered));
            report.ifPresent(octets -> bring(mail, Report.Kind.RELAYED, delivered, octets));
        }
        if (!failed.isEmpty()) {
            tell(mail, Report.Kind.FAILED, failed);
            spool.complete(claims(failed));
        }
    }

    private void defer(Claim claim, String why, List<Report.Line> failed) {
        Entry entry = claim.entry();
        int attempts = entry.attempts() + 1;
        Instant now = settings.clock().instant();
        Duration wait = settings.schedule().after(attempts, ThreadLocalRandom.current());
        putBack(claim, entry.at(earlier(now.plus(wait), entry), attempts, why), failed);
    }

    private void wait(Claim claim, String why, Instant until, List<Report.Line> failed) {
        Entry entry = claim.entry();
        Instant some = until.plusMillis(ThreadLocalRandom.current().nextInt(20_000));
        putBack(claim, entry.at(earlier(some, entry), entry.attempts(), why), failed);
    }

    /** The last attempt is made when the time is over. */
    private static Instant earlier(Instant next, Entry entry) {
        Instant end = entry.terms().expires();
        return end.isBefore(next) ? end : next;
    }

    private void putBack(Claim claim, Entry next, List<Report.Line> failed) {
        Instant now = settings.clock().instant();
        if (!now.isBefore(next.terms().expires())) {
            var over =
                    Outcome.Failed.here("5.4.7", "the time for it is over; last: " + next.note());
            failed.add(new Report.Line(claim, over));
            return;
        }
        boolean late = !now.isBefore(next.terms().warn());
        if (late) {
            var line = new Report.Line(claim, new Outcome.Deferred(next.note()));
            tell(new Consignment(List.of(claim)), Report.Kind.DELAYED, List.of(line));
        }
        spool.reschedule(claim, late ? next.with(next.terms().withWarn(Instant.MAX)) : next);
    }

    private void tell(Consignment mail, Report.Kind kind, List<Report.Line> lines) {
        written(mail, kind, lines).ifPresent(octets -> bring(mail, kind, lines, octets));
    }

    /** The report that somebody wants; a report is never reported on. */
    private Optional<byte[]> written(Consignment mail, Report.Kind kind, List<Report.Line> lines) {
        var told = lines.stream().filter(kind::isWanted).toList();
        if (told.isEmpty() || mail.sender().isEmpty()) return Optional.empty();
        var report = new Report(settings.hostname(), kind, told, settings.clock().instant());
        try (var body = store.open(mail.body())) {
            return Optional.of(report.octets(new Outgoing(body)));
        } catch (IOException e) {
            LOG.error("a report of a damaged mail can't be written", e);
            return Optional.empty();
        } catch (StoreException e) {
            if (e.reason() != Reason.MISSING) throw e;
            return Optional.empty(); // it was settled before
        }
    }

    private void bring(Consignment mail, Report.Kind kind, List<Report.Line> lines, byte[] report) {
        returns.bring(Report.id(kind, lines.getFirst().claim()), mail.sender(), report);
    }

    private static List<Claim> claims(List<Report.Line> lines) {
        return lines.stream().map(Report.Line::claim).toList();
    }

    private static void log(Claim claim, Outcome outcome) {
        String id = "%016x%016x".formatted(claim.mail().high(), claim.mail().low());
        String what =
                switch (outcome) {
                    case Outcome.Delivered _ -> "went out";
                    case Outcome.Deferred _ -> "was put off";
                    case Outcome.Waits _ -> "waits";
                    case Outcome.Failed _ -> "failed";
                };
        LOG.info("mail {} to {} {}: {}", id, claim.entry().recipient(), what, outcome.why());
    }
}
