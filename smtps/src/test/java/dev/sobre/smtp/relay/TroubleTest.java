package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import dev.sobre.smtp.dkim.DkimKey;
import dev.sobre.smtp.dkim.DkimSigner;
import dev.sobre.tls.pki.KeyKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.james.jdkim.DKIMVerifier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What other servers do, and what becomes of the mail then. */
class TroubleTest extends Sending {

    @Test
    void whatIsPutOffComesAgain() throws Exception {
        var tries = new AtomicInteger();
        UnaryOperator<String> greylist =
                command ->
                        command.startsWith("RCPT") && tries.incrementAndGet() < 3
                                ? "450 4.7.1 not yet"
                                : FarServer.friendly().apply(command);
        try (var far = new FarServer(greylist);
                var relay = start(direct(far))) {
            submit(terms(), "bob@far.example");
            gone();
            assertEquals(List.of("Subject: hello\r\n\r\nthe text\r\n"), far.messages);
            assertEquals(List.of(), inbox());
        }
    }

    @Test
    void whoIsRefusedIsReportedAndTheOthersGetIt() throws Exception {
        UnaryOperator<String> picky =
                command ->
                        command.startsWith("RCPT TO:<eve")
                                ? "550-5.1.1 nobody\r\n550 5.1.1 of that name"
                                : FarServer.friendly("PIPELINING", "SIZE 1000").apply(command);
        try (var far = new FarServer(picky);
                var relay = start(direct(far))) {
            var wishes =
                    terms().withWishes(
                                    Set.of(Notify.FAILURE),
                                    Returned.FULL,
                                    "ID 7",
                                    "rfc822;eve+2Bx@far.example");
            submit(wishes, "bob@far.example", "eve@far.example");
            gone();
            assertEquals(1, far.messages.size());
            assertTrue(far.commands.contains("MAIL FROM:<ann@example.org> SIZE=28 BODY=8BITMIME"));
            String report = inbox().getFirst();
            for (String line :
                    List.of(
                            "Return-Path: <>",
                            "From: Mail Delivery <postmaster@example.org>", // not its host's
                            "To: <ann@example.org>",
                            "Auto-Submitted: auto-replied",
                            "Content-Transfer-Encoding: 7bit",
                            "Original-Envelope-Id: ID 7",
                            "Reporting-MTA: dns; mail.example.org",
                            "Original-Recipient: rfc822; eve+x@far.example",
                            "Final-Recipient: rfc822; eve@far.example",
                            "Action: failed",
                            "Status: 5.1.1",
                            "Remote-MTA: dns; mx.far.example",
                            "Diagnostic-Code: smtp; 550 5.1.1 nobody / 5.1.1 of that name",
                            "Content-Type: message/rfc822",
                            "Subject: hello")) {
                assertTrue(
                        report.contains("\r\n" + line + "\r\n") || report.startsWith(line),
                        line + " in " + report);
            }
            assertFalse(report.contains("<bob@far.example>"), report);
        }
    }

    @Test // RFC 5321 §3.8: what comes after these words is not to the point
    void whyAServerTookItsLeaveIsSaid() throws Exception {
        UnaryOperator<String> busy =
                command ->
                        switch (command) {
                            case "RCPT TO:<dan@far.example>" -> "421 4.7.0 too busy";
                            case "RCPT TO:<eve@far.example>" -> "";
                            default -> FarServer.friendly("PIPELINING").apply(command);
                        };
        try (var far = new FarServer(busy);
                var relay = start(direct(far).withSchedule(Schedule.standard()))) {
            submit(terms(), "bob@far.example", "dan@far.example", "eve@far.example");
            Awaitility.await()
                    .until(
                            () ->
                                    store.spool().list(Optional.empty(), 3).stream()
                                            .allMatch(w -> w.entry().attempts() > 0));
            for (var each : store.spool().list(Optional.empty(), 3)) {
                String note = each.entry().note();
                assertTrue(note.endsWith(": 421 4.7.0 too busy"), note);
            }
        }
    }

    @Test
    void whoAsksForNothingIsToldNothing() throws Exception {
        try (var far =
                        new FarServer(
                                c ->
                                        c.startsWith("RCPT")
                                                ? "550 no"
                                                : FarServer.friendly().apply(c));
                var relay = start(direct(far))) {
            submit(
                    terms().withWishes(Set.of(Notify.NEVER), Returned.UNSAID, "", ""),
                    "bob@far.example");
            gone();
            assertEquals(List.of(), inbox());
        }
    }

    @Test
    void aReportIsNeverReported() throws Exception {
        try (var far =
                        new FarServer(
                                c ->
                                        c.startsWith("RCPT")
                                                ? "550 no"
                                                : FarServer.friendly().apply(c));
                var relay = start(direct(far))) {
            accept("", terms(), TEXT, "bob@far.example");
            gone();
            assertEquals(List.of(), inbox());
        }
    }

    @Test
    void successIsReportedByWhoeverIsLast() throws Exception {
        var wish = terms().withWishes(Set.of(Notify.SUCCESS), Returned.UNSAID, "", "");
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(direct(far))) {
            submit(wish, "bob@far.example");
            gone();
            Awaitility.await().until(() -> inbox().size() == 1);
            assertTrue(inbox().getFirst().contains("\r\nAction: relayed\r\n"));
        }
        try (var far = new FarServer(FarServer.friendly("DSN"));
                var relay = start(direct(far))) {
            submit(wish, "bob@far.example");
            gone();
            assertTrue(far.commands.contains("RCPT TO:<bob@far.example> NOTIFY=SUCCESS"));
            assertEquals(1, inbox().size());
        }
    }

    @Test
    void aConnectionThatBreaksInTheMiddleLosesNothing() throws Exception {
        var tries = new AtomicInteger();
        UnaryOperator<String> breaking =
                command ->
                        command.equals(tries.get() == 0 ? "DATA" : ".")
                                        && tries.getAndIncrement() < 2
                                ? ""
                                : FarServer.friendly().apply(command);
        try (var far = new FarServer(breaking);
                var relay = start(direct(far))) {
            submit(terms(), "bob@far.example");
            gone();
            // The second time its answer to the message was lost: only then may it come twice.
            assertEquals(2, far.messages.size());
            assertEquals(3, tries.get());
        }
    }

    @Test
    void timeRunsOut() throws Exception {
        var clock = new AtomicReference<>(Instant.now());
        try (var far =
                        new FarServer(
                                c ->
                                        c.startsWith("MAIL")
                                                ? "451 4.3.0 busy"
                                                : FarServer.friendly().apply(c));
                var relay = start(direct(far).withClock(clock::get))) {
            var terms = Terms.of(clock.get(), Duration.ofSeconds(2), Duration.ZERO);
            submit(terms, "bob@far.example");
            Awaitility.await().until(() -> note().contains("451"));
            clock.set(terms.expires());
            relay.forgive(); // so that it looks at the clock
            gone();
            var reports = inbox();
            assertEquals(2, reports.size());
            assertTrue(reports.getFirst().contains("\r\nAction: delayed\r\n"), reports.getFirst());
            assertTrue(reports.getFirst().contains("\r\nWill-Retry-Until: "));
            assertTrue(reports.getLast().contains("\r\nStatus: 5.4.7\r\n"), reports.getLast());
            assertTrue(reports.getLast().contains("451 4.3.0 busy"));
        }
    }

    @Test
    void aConnectionCarriesManyMails() throws Exception {
        try (var far = new FarServer(FarServer.friendly())) {
            for (int i = 0; i < 20; i++) submit(terms(), "bob" + i + "@far.example");
            try (var relay = start(direct(far).withConnections(1, 1))) {
                gone();
            }
            assertEquals(20, far.messages.size());
            assertEquals(1, far.connections.get());
        }
    }

    @Test
    void whatLeavesIsSignedAndItsSizeCountsTheSignatures() throws Exception {
        var keys =
                List.of(
                        DkimKey.of("example.org", "s1", KeyKind.RSA_2048.make()),
                        DkimKey.of("example.org", "s2", KeyKind.ED25519.make()));
        String text = "From: <ann@example.org>\r\nSubject: hello\r\n\r\n.\r\n\r\nthe text \r\n\r\n";
        try (var far = new FarServer(FarServer.friendly("SIZE"));
                var relay = start(direct(far).withSigner(new DkimSigner(keys)))) {
            accept("ann@example.org", terms(), text, "bob@far.example");
            gone();
            String mail = far.messages.getFirst();
            assertTrue(mail.startsWith("DKIM-Signature: v=1; a=rsa-sha256;"), mail);
            assertTrue(mail.contains("\r\nDKIM-Signature: v=1; a=ed25519-sha256;"), mail);
            assertTrue(mail.endsWith(text), mail);
            String size = "MAIL FROM:<ann@example.org> SIZE=" + mail.length() + " BODY=8BITMIME";
            assertTrue(far.commands.contains(size), far.commands.toString());
            String first = mail.replaceFirst("DKIM-Signature: v=1; a=ed(?s:.*?)\r\nFrom", "From");
            var verifier = new DKIMVerifier((_, _, _) -> List.of(keys.getFirst().recordText()));
            var octets = new ByteArrayInputStream(first.getBytes(StandardCharsets.UTF_8));
            assertEquals(1, verifier.verify(octets).size());
        }
    }

    @Test // RFC 5321 §6.3
    void whoHasOurNameGetsNoMail() throws Exception {
        UnaryOperator<String> us =
                c -> c.startsWith("EHLO") ? "250 Mail.Example.org" : FarServer.friendly().apply(c);
        try (var far = new FarServer(us);
                var relay = start(direct(far))) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> note().contains("it is ourselves"));
            assertTrue(far.commands.stream().noneMatch(c -> c.startsWith("MAIL")));
        }
    }

    @Test
    void whereNobodyListensMailWaitsAndSaysWhy() throws Exception {
        var far = new FarServer(FarServer.friendly());
        var settings = direct(far);
        far.close();
        try (var relay = start(settings)) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> note().contains("nothing listens there"));
            assertEquals(1, store.spool().size());
        }
    }
}
