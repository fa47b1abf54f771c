package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import dev.sobre.mail.Timing;
import dev.sobre.mail.Timing.DeliverBy;
import dev.sobre.smtp.Served;
import dev.sobre.smtp.SmtpSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Mail that is to arrive by a time. RFC 2852. */
class DeliverByTest extends Sending {

    private static final String FROM = "MAIL FROM:<ann@example.org> BODY=8BITMIME";

    private volatile Instant now = Instant.now();

    @Test // §4
    void onlyRightParametersAreTaken() throws IOException {
        var plain = SmtpSettings.onLoopback(0);
        var settings = plain.withHandling(plain.handling().withLongestHold(Duration.ofDays(1)));
        try (var server = Served.over(store, settings);
                var client = new ScriptClient(server.port(), Served.IDENTITY.certificate())) {
            client.play(
                    """
                    S: 220 ...
                    C: EHLO x
                    S: 250-localhost ...
                    S: 250-PIPELINING
                    S: 250-ENHANCEDSTATUSCODES
                    S: 250-8BITMIME
                    S: 250-AUTH PLAIN LOGIN
                    S: 250-SIZE ...
                    S: 250-SMTPUTF8
                    S: 250-DSN
                    S: 250-MT-PRIORITY MIXER
                    S: 250-DELIVERBY 30
                    S: 250-FUTURERELEASE 86400 ...Z
                    S: 250-LIMITS RCPTMAX=...
                    S: 250-CHUNKING
                    S: 250-BINARYMIME
                    S: 250 HELP
                    C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                    S: 235 ...
                    """);
            for (String wrong :
                    List.of(
                            "BY",
                            "BY=",
                            "BY=60",
                            "BY=60;",
                            "BY=60;X",
                            "BY=;R",
                            "BY=x;N",
                            "BY=0;R",
                            "BY=-60;RT",
                            "BY=1234567890;N",
                            "BY=60;NN",
                            "BY=60;N BY=60;N",
                            "BY=60;N HOLDFOR=61",
                            "BY=60;R HOLDFOR=60",
                            "BY=-1;N HOLDFOR=1")) {
                client.play("C: MAIL FROM:<ann@example.org> " + wrong + "\nS: 501 5.5.4 ...");
            }
            client.play("C: MAIL FROM:<ann@example.org> BY=29;R\nS: 555 5.5.4 ...");
            for (String good :
                    List.of(
                            "BY=30;R",
                            "by=60;rt",
                            "BY=-999999999;N",
                            "BY=0;NT",
                            "BY=+1;N",
                            "BY=60;N HOLDFOR=60",
                            "BY=60;R HOLDFOR=59")) {
                client.play("C: MAIL FROM:<ann@example.org> " + good + "\nS: 250 ...");
                client.play("C: RSET\nS: 250 ...");
            }
            // what is for a mailbox here is in time
            client.play("C: MAIL FROM:<ann@example.org> BY=30;R\nS: 250 ...");
            client.play("C: RCPT TO:<ann@example.org>\nS: 250 ...\nC: DATA\nS: 354 ...");
            client.play("C: .\nS: 250 ...");
        }
        assertEquals(1, inbox().size());
    }

    @Test // §4.1.4, §4.1.4.1
    void whatIsToReturnGoesToThoseWhoReturnIt() throws Exception {
        try (var far = new FarServer(FarServer.friendly("DELIVERBY 30"))) {
            relayed(far, terms(95, true, false));
            assertTrue(sent(far).endsWith(" BY=95;R"), sent(far));
            assertEquals(List.of(), inbox());
        }
        try (var far = new FarServer(FarServer.friendly("DELIVERBY 100,x"))) {
            relayed(far, terms(95, true, false));
            assertRefused(far);
        }
        try (var far = new FarServer(FarServer.friendly("DSN"))) {
            relayed(far, terms(95, true, false));
            assertRefused(far);
        }
    }

    private void assertRefused(FarServer far) throws IOException {
        assertEquals(List.of(), far.messages);
        String report = inbox().getLast();
        assertTrue(report.contains("\r\nAction: failed\r\nStatus: 5.3.3\r\n"), report);
        assertTrue(report.matches("(?s).*\r\nArrival-Date: .*\r\nDeliver-By-Date: .*"), report);
    }

    @Test // §4.1.4.2
    void whatIsToBeToldOfGoesToAll() throws Exception {
        try (var far = new FarServer(FarServer.friendly("DELIVERBY"))) {
            relayed(far, terms(95, false, false));
            assertTrue(sent(far).endsWith(" BY=95;N"), sent(far));
            assertEquals(List.of(), inbox());
            relayed(far, terms(-10, false, false));
            assertTrue(sent(far).endsWith(" BY=-10;N"), sent(far));
            assertEquals(List.of(), inbox());
        }
        try (var far = new FarServer(FarServer.friendly())) {
            relayed(far, terms(95, false, false));
            assertEquals(FROM, sent(far));
            assertRelayed(1);
        }
        for (var wish : List.of(Set.<Notify>of(), Set.of(Notify.SUCCESS), Set.of(Notify.NEVER))) {
            try (var far = new FarServer(FarServer.friendly("DSN"))) {
                relayed(far, terms(95, false, false).withWishes(wish, Returned.UNSAID, "", ""));
                String notify =
                        wish.isEmpty()
                                ? "FAILURE,DELAY"
                                : wish.contains(Notify.NEVER) ? "NEVER" : "SUCCESS,DELAY";
                String rcpt = "RCPT TO:<bob@far.example> NOTIFY=" + notify;
                assertTrue(far.commands.contains(rcpt), far.commands::toString);
            }
        }
        assertRelayed(3);
        // when it is late anyway, there is nothing to be lost
        try (var far = new FarServer(FarServer.friendly("DSN"))) {
            relayed(far, terms(-10, false, false));
            assertTrue(far.commands.contains("RCPT TO:<bob@far.example>"));
            assertEquals(3, inbox().size());
        }
    }

    @Test // §4.1.4
    void whatIsTracedIsReportedByEachServer() throws Exception {
        try (var far = new FarServer(FarServer.friendly("DELIVERBY", "DSN"))) {
            relayed(far, terms(95, true, true));
            assertTrue(sent(far).endsWith(" BY=95;RT"), sent(far));
            assertRelayed(1);
            relayed(
                    far,
                    terms(95, true, true)
                            .withWishes(Set.of(Notify.NEVER), Returned.UNSAID, "", ""));
            assertEquals(1, inbox().size());
        }
    }

    private void assertRelayed(int count) throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> inbox().size() == count);
        String report = inbox().getLast();
        assertTrue(report.contains("\r\nAction: relayed\r\n"), report);
    }

    @Test // §4.1.3
    void whatIsLateReturns() throws Exception {
        try (var far = deferring(new AtomicBoolean());
                var relay = start(settings(far))) {
            submit(terms(60, true, false), "bob@far.example");
            deferredAt(relay, Instant.now());
            now = now.plusSeconds(61);
            int tried = far.commands.size();
            relay.forgive();
            gone();
            assertEquals(tried, far.commands.size(), far.commands::toString);
            String report = inbox().getFirst();
            assertTrue(report.contains("\r\nAction: failed\r\nStatus: 5.4.7\r\n"), report);
        }
    }

    /** Our own time first, then the sender's; and it is tried on. */
    @Test
    void whatIsLateIsToldOf() throws Exception {
        var take = new AtomicBoolean();
        try (var far = deferring(take);
                var relay =
                        start(
                                settings(far)
                                        .withSchedule(
                                                new Schedule(
                                                        Duration.ofDays(1), Duration.ofDays(1))))) {
            submit(terms(6 * 3600, false, false), "bob@far.example");
            deferredAt(relay, Instant.now());
            assertEquals(List.of(), inbox());
            reportedAt(relay, Duration.ofHours(4).plusSeconds(1), 1);
            reportedAt(relay, Duration.ofHours(2), 2);
            for (String report : inbox()) {
                assertTrue(report.contains("\r\nAction: delayed\r\nStatus: 4.4.7\r\n"), report);
            }
            take.set(true);
            now = now.plus(Duration.ofDays(2));
            relay.forgive();
            gone();
            assertEquals(1, far.messages.size());
            assertFalse(sent(far).contains("BY=6"), sent(far));
        }
    }

    private static FarServer deferring(AtomicBoolean take) throws IOException {
        return new FarServer(
                c ->
                        c.startsWith("RCPT") && !take.get()
                                ? "450 4.2.0 not yet"
                                : FarServer.friendly("DELIVERBY").apply(c));
    }

    private void deferredAt(Relay relay, Instant time) {
        now = time;
        relay.forgive();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> note().contains("450"));
    }

    private void reportedAt(Relay relay, Duration later, int count) {
        now = now.plus(later);
        relay.forgive();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> inbox().size() == count);
    }

    private static Terms terms(long seconds, boolean returned, boolean traced) {
        Instant start = Instant.now();
        var by = new DeliverBy(start.plusSeconds(seconds), returned, traced);
        return Terms.standard(start).withTiming(new Timing(Optional.empty(), Optional.of(by)));
    }

    private RelaySettings settings(FarServer far) {
        return direct(far).withClock(() -> now);
    }

    private void relayed(FarServer far, Terms terms) throws Exception {
        far.commands.clear();
        now = terms.accepted();
        try (var relay = start(settings(far))) {
            submit(terms, "bob@far.example");
            gone();
        }
    }

    private static String sent(FarServer far) {
        return far.commands.stream().filter(c -> c.startsWith("MAIL")).toList().getLast();
    }
}
