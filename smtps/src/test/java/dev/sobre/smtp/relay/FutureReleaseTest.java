package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Recipients;
import dev.sobre.smtp.Kept;
import dev.sobre.smtp.Onward;
import dev.sobre.smtp.Served;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.smtp.SmtpsServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail whose sender wants it to arrive at a later time. RFC 4865. */
class FutureReleaseTest extends Sending {

    private final SmtpsServer server = serve(Duration.ofDays(30));
    private volatile Instant now = Instant.now();

    private SmtpsServer serve(Duration longest) {
        var plain = SmtpSettings.onLoopback(0).withOnward(Onward.standard());
        var settings = plain.withHandling(plain.handling().withLongestHold(longest));
        return Served.over(store, settings);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void onlyRightParametersAreTaken() throws IOException {
        Instant soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
        play(
                """
                C: EHLO x
                S*: 250
                C: MAIL FROM:<ann@example.org> HOLDFOR=0
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=1h
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=1000000000
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=2592001
                S: 501 5.5.4 mail is held for 2592000 seconds at most
                C: MAIL FROM:<ann@example.org> HOLDFOR
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=60 HOLDFOR=60
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=60 HOLDUNTIL=$SOON
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=tomorrow
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=-99999999-12-24T18:00:00Z
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=2026-12-24T18:00:00
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=2026-12-24T18:00:00+01:00
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=2126-12-24T18:00:00Z
                S: 501 5.5.4 ...
                C: MAIL FROM:<ann@example.org> HOLDFOR=2592000
                S: 250 ...
                C: RSET
                S: 250 ...
                C: MAIL FROM:<ann@example.org> HOLDUNTIL=$SOON
                S: 250 ...
                """
                        .replace("$SOON", soon.toString()));
        try (var none = serve(Duration.ZERO);
                var client = Served.login(none)) {
            client.play("C: MAIL FROM:<ann@example.org> HOLDFOR=60\nS: 555 5.5.4 ...");
        }
    }

    @Test
    void announcesHowLong() throws IOException {
        try (var client = Served.login(server)) {
            client.send("EHLO x\r\n");
            String line = client.line();
            while (!line.contains("FUTURERELEASE")) line = client.line();
            String[] words = line.split(" ");
            assertEquals(List.of("250-FUTURERELEASE", "2592000"), List.of(words).subList(0, 2));
            var last = Duration.between(Instant.now(), Instant.parse(words[2]));
            assertTrue(last.toDays() >= 29 && last.toDays() <= 30, line);
        }
    }

    @Test
    void waitsAndArrivesHereAndElsewhere() throws Exception {
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(direct(far).withClock(() -> now))) {
            submit(
                    "HOLDFOR=3600",
                    "ann@example.org> NOTIFY=SUCCESS",
                    "ann+again@example.org>",
                    "bob@far.example>");
            var waiting = store.spool().list(Optional.empty(), 10);
            assertEquals(3, waiting.size());
            for (var each : waiting) {
                var wait = Duration.between(Instant.now(), each.entry().next()).toMinutes();
                assertTrue(wait >= 55 && wait <= 60, each::toString);
                assertTrue(each.entry().terms().expires().isAfter(each.entry().next()));
            }
            go(relay, Duration.ofMinutes(50));
            // What is not held goes at once.
            submit("SIZE=1", "eve@far.example>");
            untilQueued(3);
            assertEquals(List.of(), inbox());
            go(relay, Duration.ofMinutes(11));
            gone();
            assertTrue(far.commands.contains("RCPT TO:<bob@far.example>"), far.commands::toString);
            untilInInbox(2); // a report of success comes behind what it is about
            var all = inbox();
            assertTrue(all.getFirst().startsWith("Return-Path: <ann@example.org>\r\nReceived: "));
            assertTrue(all.getLast().contains("\r\nAction: delivered\r\n"), all::getLast);
            assertTrue(all.getLast().contains("\r\nArrival-Date: "), all::getLast);
            assertTrue(all.getLast().contains("\r\nFuture-Release-Request: for;3600\r\n"));
        }
    }

    @Test
    void whatIsOverGoesAtOnce() throws Exception {
        submit("HOLDUNTIL=2020-01-01T00:00:00Z", "ann@example.org>");
        assertEquals(1, inbox().size());
    }

    /** Where no mail leaves, what waits for mailboxes here arrives; whoever went gets nothing. */
    @Test
    void theQueueIsWorkedOnWhereNothingLeaves() throws Exception {
        var eve = store.and("eve@example.org", "x").account("eve@example.org");
        submit("HOLDUNTIL=" + now.plusSeconds(60), "ann@example.org>", "eve@example.org>");
        store.accounts().remove(eve.id());
        var settings = settings(new NoWayOut()).withClock(() -> now);
        accept("ann@example.org", terms(), TEXT, "bob@far.example");
        var recipients = new Recipients(store.accounts(), Set.of("example.org"), "+");
        try (var relay = Relay.start(settings, store, recipients)) {
            go(relay, Duration.ofMinutes(2));
            untilQueued(1);
            eventually().until(() -> note().contains("no mail leaves"));
            var all = inbox();
            assertEquals(2, all.size(), all::toString);
            assertTrue(all.stream().anyMatch(m -> m.contains("\r\nStatus: 5.1.1\r\n")));
        }
    }

    /** One full mailbox keeps it from nobody else, who share it; it gets it when there is room. */
    @Test
    void aFullMailboxIsTriedAgain() throws Exception {
        store.and("eve@example.org", "x").and("bob@example.org", "x");
        submit("SIZE=1", "eve@example.org>");
        submit("HOLDFOR=60", "ann@example.org>", "eve@example.org>", "bob@example.org>");
        full(true);
        try (var relay = start(settings(new NoWayOut()).withClock(() -> now))) {
            go(relay, Duration.ofMinutes(2));
            untilQueued(1);
            assertEquals(1, inbox().size());
            assertEquals(body("ann@example.org"), body("bob@example.org"));
            full(false);
            go(relay, Duration.ofMinutes(10));
            gone();
            var eves = Kept.bodies(store, store.account("eve@example.org"));
            assertEquals(2, eves.size());
            assertEquals(body("ann@example.org").length(), eves.getLast().length());
            assertEquals(1, inbox().size(), "nothing is reported");
        }
    }

    /** What can never fit comes back at once, as it would have been refused at once. */
    @Test
    void whatIsLargerThanAMailboxComesBack() throws Exception {
        var eve = store.and("eve@example.org", "x").account("eve@example.org");
        submit("HOLDFOR=60", "eve@example.org>");
        var few = new AccountChange.Limit(new Quota(100, 0));
        store.accounts().change(eve.id(), List.of(few));
        try (var relay = start(settings(new NoWayOut()).withClock(() -> now))) {
            go(relay, Duration.ofMinutes(2));
            gone();
            String report = inbox().getFirst();
            assertTrue(report.contains("\r\nAction: failed\r\nStatus: 5.2.2\r\n"), report);
        }
    }

    /** Killed between the delivery and the note of it, in whatever company it comes again. */
    @Test
    void whatWasDeliveredIsThereOnce() throws Exception {
        store.and("eve@example.org", "x");
        submit("HOLDFOR=60", "ann@example.org>", "eve@example.org>", "ann+again@example.org>");
        var inboxes = new Inboxes(store, new Recipients(store.accounts(), Set.of(), "+"));
        var claims = store.spool().claim(now.plusSeconds(120), Duration.ofMinutes(1), 10);
        assertEquals(3, claims.size());
        for (int from = 0; from < claims.size(); from++) {
            full(from > 0);
            var some = new Consignment(claims.subList(from, claims.size()));
            var outcomes = inboxes.take(some, now).values();
            assertEquals(claims.size() - from, outcomes.size());
            assertTrue(outcomes.stream().allMatch(Outcome.Delivered.class::isInstance));
            assertEquals(1, inbox().size());
            assertEquals(body("ann@example.org"), body("eve@example.org"));
        }
    }

    /** What alone is in an INBOX. */
    private BlobRef body(String address) {
        var all = Kept.bodies(store, store.account(address));
        assertEquals(1, all.size(), address);
        return all.getFirst();
    }

    private void full(boolean is) {
        var eve = store.account("eve@example.org").id();
        var quota = is ? new Quota(0, 1) : Quota.NONE;
        store.accounts().change(eve, List.of(new AccountChange.Limit(quota)));
    }

    private void go(Relay relay, Duration on) {
        now = now.plus(on);
        relay.forgive();
    }

    private void untilQueued(int count) {
        eventually().until(() -> store.spool().size() == count);
    }

    private void untilInInbox(int count) {
        eventually().until(() -> inbox().size() == count);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private void submit(String parameters, String... recipients) throws IOException {
        try (var client = Served.login(server)) {
            client.play("C: MAIL FROM:<ann@example.org> " + parameters + "\nS: 250 ...");
            for (String to : recipients) client.play("C: RCPT TO:<" + to + "\nS: 250 ...");
            client.play("C: DATA\nS: 354 ...\nC: Subject: x\nC:\nC: text\nC: .\nS: 250 ...");
        }
    }

    private void play(String script) throws IOException {
        try (var client = Served.login(server)) {
            client.play(script);
        }
    }
}
