package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much users and addresses may send. */
class GateTest {

    private static final Account ANN = account(1, "ann@example.org");
    private static final Account BOB = account(2, "bob@example.org");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress FAR = InetAddress.ofLiteral("2001:db8::1");
    private static final InetAddress NEAR_FAR = InetAddress.ofLiteral("2001:db8::2");

    private final AtomicLong clock = new AtomicLong(-5);
    private final List<String> told = new ArrayList<>();

    @Test
    void anHourHasSoManyMails() {
        var gate = gate(new PerHour(3, 0), PerHour.UNLIMITED);
        for (int i = 0; i < 3; i++) {
            assertTrue(gate.begin(ANN, FAR).isEmpty());
            pass(Duration.ofMinutes(20));
        }
        assertTrue(gate.begin(ANN, FAR).isEmpty(), "the first is an hour old");
        assertEquals("4.7.1", gate.begin(ANN, HERE).orElseThrow().status());
        assertTrue(gate.begin(BOB, FAR).isEmpty(), "another user may");
        assertEquals(List.of("ann@example.org"), told.stream().distinct().toList());
        pass(Duration.ofDays(400));
        for (int i = 0; i < 3; i++) assertTrue(gate.begin(ANN, FAR).isEmpty());
    }

    @Test
    void anHourHasSoManyRecipients() {
        var gate = gate(new PerHour(0, 2), PerHour.UNLIMITED);
        for (int i = 0; i < 2; i++) {
            assertTrue(gate.refusal(ANN, FAR).isEmpty());
            gate.count(ANN, FAR);
        }
        assertTrue(gate.refusal(ANN, FAR).isPresent());
        assertTrue(gate.refusal(BOB, FAR).isEmpty());
        assertEquals(List.of("ann@example.org"), told);
    }

    @Test
    void soDoesAnAddressAndItsNetwork() {
        var gate = gate(PerHour.UNLIMITED, new PerHour(1, 1));
        assertTrue(gate.begin(ANN, FAR).isEmpty());
        assertTrue(gate.begin(BOB, NEAR_FAR).isPresent());
        gate.count(ANN, FAR);
        assertTrue(gate.refusal(BOB, NEAR_FAR).isPresent());
        for (int i = 0; i < 3; i++) assertTrue(gate.begin(BOB, HERE).isEmpty(), "a web mailer");
        assertEquals(List.of(), told);
    }

    @Test
    void whoHasSentEnoughIsPutOff() throws IOException {
        var settings = SmtpSettings.onLoopback(0);
        var little = settings.allowance().withPerHour(new PerHour(2, 1), PerHour.UNLIMITED);
        try (var served = new Served(settings.withAllowance(little));
                ScriptClient client = served.login()) {
            client.play(
                    """
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RCPT TO:<bob@example.net>
                    S: 250 ...
                    C: RCPT TO:<eve@example.net>
                    S: 450 4.7.1 you have written to as many recipients...
                    C: RSET
                    S: 250 ...
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RSET
                    S: 250 ...
                    C: MAIL FROM:<ann@example.org>
                    S: 450 4.7.1 you have sent as many mails...
                    """);
        }
    }

    @Test
    void whoIsNotThereCountsToo() throws IOException {
        var settings = SmtpSettings.onLoopback(0);
        var little = settings.allowance().withPerHour(new PerHour(0, 2), PerHour.UNLIMITED);
        try (var store = MemoryStore.with("ann@example.org", "secret");
                var served = Served.over(store, settings.withAllowance(little));
                var client = Served.login(served)) {
            client.play(
                    """
                    C: MAIL FROM:<ann@example.org>
                    S: 250 ...
                    C: RCPT TO:<bob@example.org>
                    S: 550 5.1.1 ...
                    C: RCPT TO:<eve@example.org>
                    S: 550 5.1.1 ...
                    C: RCPT TO:<ann@example.org>
                    S: 450 4.7.1 you have written to as many recipients...
                    """);
        }
    }

    @Test
    void soManyMailsAreUnderWay() throws IOException {
        var settings = SmtpSettings.onLoopback(0);
        settings = settings.withAllowance(settings.allowance().withAtOnce(1).withMails(4));
        try (var served = new Served(settings);
                ScriptClient one = served.connect();
                ScriptClient other = served.connect()) {
            for (var each : List.of(one, other)) {
                each.play(
                        """
                        C: EHLO x
                        S: 250-...
                        S: 250-PIPELINING
                        S: 250-ENHANCEDSTATUSCODES
                        S: 250-8BITMIME
                        S: 250-AUTH PLAIN LOGIN
                        S: 250-SIZE ...
                        S: 250-SMTPUTF8
                        S: 250-LIMITS MAILMAX=4 RCPTMAX=1000
                        S: 250-CHUNKING
                        S: 250-BINARYMIME
                        S: 250 HELP
                        C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                        S: 235 ...
                        """);
            }
            one.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            other.play("C: MAIL FROM:<ann@example.org>\nS: 450 4.7.0 ...");
            one.play("C: RSET\nS: 250 ...");
            other.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            one.play("C: MAIL FROM:<ann@example.org>\nS: 450 4.7.0 ...");
            other.play("C: EHLO x\nS*: 250");
            one.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...\nC: RSET\nS: 250 ...");
            one.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...\nC: RSET\nS: 250 ...");
            one.play("C: MAIL FROM:<ann@example.org>\nS: 452 4.5.3 ...");
        }
    }

    private Gate gate(PerHour account, PerHour address) {
        var listener =
                new RefusedRecipients() {
                    @Override
                    public void refused(String address, String reply) {}

                    @Override
                    public void sentTooMuch(String account, String what) {
                        told.add(account);
                    }
                };
        return new Gate(Allowance.standard().withPerHour(account, address), listener, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Account account(long id, String address) {
        return Account.of(new AccountId(id), List.of(address), false);
    }
}
