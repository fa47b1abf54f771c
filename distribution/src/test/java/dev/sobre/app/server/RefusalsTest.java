package dev.sobre.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.memory.MemoryStore;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server remembers of what it refused. */
class RefusalsTest {

    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.7");

    private final Refusals refusals = new Refusals();

    private List<String> of(String address) {
        return refusals.of(address).stream().map(each -> each.what()).toList();
    }

    @Test
    void theLastFiveOfEachAddress() {
        for (int i = 0; i < 7; i++) refusals.ofMail().refused("Ann@example.org", "no " + i);
        assertEquals(
                List.of("mail: no 2", "mail: no 3", "mail: no 4", "mail: no 5", "mail: no 6"),
                of("ann@EXAMPLE.org"));
    }

    @Test
    void theThousandAddressesRefusedLast() {
        refusals.ofMail().refused("first@example.org", "no");
        refusals.ofMail().refused("second@example.org", "no");
        for (int i = 0; i < 999; i++) refusals.ofMail().refused(i + "@example.org", "no");
        assertEquals(List.of(), of("first@example.org"));
        assertEquals(List.of("mail: no"), of("second@example.org"));
        refusals.ofMail().refused("x".repeat(300) + "@example.org", "no");
        refusals.ofMail().refused("no address", "no");
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
}
