package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail goes where the DNS says, all the way. RFC 5321 §5.1. */
class DirectTest extends Sending {

    private final FarServer far;
    private final NameServer names;
    private final Relay relay;

    DirectTest() throws Exception {
        far = new FarServer(FarServer.friendly("STARTTLS"));
        names =
                new NameServer(
                        """
                        far.example.    MX 10 down.far.example.
                        far.example.    MX 20 up.far.example.
                        down.far.example.  A 127.0.0.2
                        up.far.example.    A 127.0.0.1
                        closed.example. MX 0 .
                        slow.example.   MX 10 mx.broken.
                        """);
        int port = far.address().getPort();
        var dns = Dns.at(List.of(names.address()), "mail.example.org", port);
        relay = start(settings(new Direct(dns)));
    }

    @AfterEach
    void end() {
        relay.close();
        names.close();
        far.close();
    }

    @Test
    void theNextExchangerTakesWhatTheFirstDoesNot() throws Exception {
        submitTo("far.example");
        gone();
        assertEquals(1, far.messages.size());
        assertTrue(far.commands.contains("<tls>"), far.commands.toString());
        assertEquals(List.of(), inbox());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[127.0.0.1]", "[IPv6:::ffff:127.0.0.1]"})
    void anAddressIsAServerToo(String literal) throws Exception {
        submitTo(literal);
        gone();
        assertEquals(1, far.messages.size());
        assertTrue(far.commands.contains("<tls>"), far.commands.toString());
        assertEquals(List.of(), inbox());
    }

    @Test
    void whoTakesNoMailIsReported() throws Exception {
        submitTo("closed.example");
        submitTo("unheard-of.example");
        gone();
        var reports = inbox();
        assertEquals(2, reports.size());
        for (String status : List.of("5.1.10", "5.1.2")) {
            assertTrue(reports.stream().anyMatch(r -> r.contains("\r\nStatus: " + status)), status);
        }
    }

    @Test
    void withoutTheDnsMailWaitsAndSaysWhy() throws Exception {
        submitTo("slow.example");
        Awaitility.await().until(() -> !note().isEmpty());
        assertTrue(note().contains("mx.broken"), note());
        assertEquals(1, store.spool().size());
        assertEquals(List.of(), inbox());
    }

    private void submitTo(String domain) {
        submit(terms(), "bob@" + domain);
    }
}
