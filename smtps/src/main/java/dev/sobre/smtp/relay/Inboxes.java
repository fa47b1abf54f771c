package dev.sobre.smtp.relay;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of this very server, into which mail goes that waited for its time. It is delivered
 * by its own id, so that it is there once, however often a crash makes us try.
 */
record Inboxes(MailStore store, Recipients recipients) {

    private static final Logger LOG = LoggerFactory.getLogger(Inboxes.class);

    /** Delivers, and says what became of it for each recipient. */
    Map<Claim, Outcome> take(Consignment mail, Instant now) {
        var outcomes = new LinkedHashMap<Claim, Outcome>();
        var places = new LinkedHashMap<MailboxId, List<Claim>>();
        for (Claim claim : mail.claims()) {
            inbox(claim.entry().recipient())
                    .ifPresentOrElse(
                            inbox ->
                                    places.computeIfAbsent(inbox, _ -> new ArrayList<>())
                                            .add(claim),
                            () -> outcomes.put(claim, nobody()));
        }
        Set<MailboxId> done = together(mail, places.keySet(), now);
        places.forEach(
                (inbox, claims) -> {
                    // Also where there is no room: a crash may have come after the delivery.
                    var own =
                            done.contains(inbox)
                                    ? Outcome.Delivered.here()
                                    : deliver(mail, List.of(inbox), now);
                    claims.forEach(claim -> outcomes.put(claim, own));
                });
        return outcomes;
    }

    /** Delivers to those that have room, so that they share one body; says who has it now. */
    private Set<MailboxId> together(Consignment mail, Set<MailboxId> all, Instant now) {
        var more = Usage.of(mail.body().length());
        var roomy = all.stream().filter(inbox -> hasRoom(inbox, more)).toList();
        boolean done = roomy.size() > 1 && deliver(mail, roomy, now) instanceof Outcome.Delivered;
        return done ? Set.copyOf(roomy) : Set.of();
    }

    private boolean hasRoom(MailboxId inbox, Usage more) {
        var accounts = store.accounts();
        return accounts.get(inbox.account()).filter(a -> accounts.hasRoom(a, more)).isPresent();
    }

    private boolean neverFits(MailboxId inbox, Consignment mail) {
        var octets = Usage.of(mail.body().length());
        var account = store.accounts().get(inbox.account());
        return account.filter(a -> !a.quota().allows(octets)).isPresent();
    }

    private static Outcome nobody() {
        return Outcome.Failed.here("5.1.1", "there is no such user here any more");
    }

    private Optional<MailboxId> inbox(String path) {
        return recipients.resolve(path) instanceof Answer.To(var account, var _)
                ? store.find(account.id(), Mailbox.INBOX).map(Mailbox::id)
                : Optional.empty();
    }

    private Outcome deliver(Consignment mail, List<MailboxId> inboxes, Instant now) {
        try (var body = store.open(mail.body());
                var sink = store.sink(body.length())) {
            body.copyTo(sink::write);
            store.accept(
                    new Submission(
                            mail.first().mail(),
                            mail.sender(),
                            sink.finish(),
                            now,
                            inboxes,
                            List.of()));
            return Outcome.Delivered.here();
        } catch (StoreException e) {
            boolean full = e.reason() == Reason.OVER_QUOTA;
            if (full && inboxes.stream().anyMatch(inbox -> neverFits(inbox, mail))) {
                return Outcome.Failed.here("5.2.2", "it is larger than the mailbox may keep");
            }
            if (!full) LOG.warn("mail that waited can't be delivered now", e);
            return new Outcome.Deferred(
                    full ? "the mailbox is full" : String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warn("mail that waited can't be read", e);
            return new Outcome.Deferred(String.valueOf(e.getMessage()));
        }
    }
}
