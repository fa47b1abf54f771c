package dev.sobre.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.smtp.RefusedRecipients;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a server remembers of what it refused. */
class RefusalsTest {

    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.7");

    private final Refusals refusals = new Refusals();

    private final List<String> announced = new ArrayList<>();
    private final RefusedRecipients heard =
            refusals.ofMail((account, what) -> announced.add(account + ": " + what.what()));

    private List<String> of(String address) {
        return refusals.of(address).stream().map(each -> each.what()).toList();
    }

    @Test
    void theLastFiveOfEachAddress() {
        for (int i = 0; i < 7; i++) heard.refused("Ann@example.org", "no " + i);
        assertEquals(
                List.of("mail: no 2", "mail: no 3", "mail: no 4", "mail: no 5", "mail: no 6"),
                of("ann@EXAMPLE.org"));
    }

    @Test
    void theThousandAddressesRefusedLast() {
        heard.refused("first@example.org", "no");
        heard.refused("second@example.org", "no");
        for (int i = 0; i < 999; i++) heard.refused(i + "@example.org", "no");
        assertEquals(List.of(), of("first@example.org"));
        assertEquals(List.of("mail: no"), of("second@example.org"));
        heard.refused("x".repeat(300) + "@example.org", "no");
        heard.refused("no address", "no");
        assertEquals(List.of(), of("no address"));
    }

    @Test
    void loginsThatWereRefused() {
        var asked = refusals.watch(MemoryStore.with("ann@example.org", "right").authenticator());
        var right = new Credentials.Password("ann@example.org", "right");
        assertInstanceOf(Verdict.Granted.class, asked.verify(right, PEER));
        assertEquals(List.of(), of("ann@example.org"));
        var wrong = new Credentials.Password("ann@example.org", "wrong");
        assertInstanceOf(Verdict.Denied.class, asked.verify(wrong, PEER));
        assertEquals(
                List.of("a login from 192.0.2.7: wrong, or not allowed"), of("ann@example.org"));
    }

    @Test
    void whoSendsTooMuchIsAnnouncedOnceADay() {
        heard.sentTooMuch("ann@example.org", "sent to its limit of 3 mails an hour");
        heard.sentTooMuch("Ann@example.org", "sent to its limit of 9 recipients an hour");
        heard.sentTooMuch("bob@example.org", "sent to its limit of 3 mails an hour");
        assertEquals(
                List.of(
                        "ann@example.org: sent to its limit of 3 mails an hour",
                        "bob@example.org: sent to its limit of 3 mails an hour"),
                announced);
        assertEquals(Set.of("ann@example.org", "bob@example.org"), refusals.alarms().keySet());
        assertEquals(2, of("ann@example.org").size());
    }
}
