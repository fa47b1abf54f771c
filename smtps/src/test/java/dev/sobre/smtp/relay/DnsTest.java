package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sobre.smtp.relay.Destination.Hosts;
import dev.sobre.smtp.relay.Destination.Nowhere;
import dev.sobre.smtp.relay.Destination.Unknown;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the DNS sends mail. RFC 5321 §5.1. */
class DnsTest {

    private final NameServer server;
    private final Dns dns;

    DnsTest() throws IOException {
        server =
                new NameServer(
                        """
                        two.example.    MX 20 b.two.example.
                        two.example.    MX 10 a.two.example.
                        a.two.example.  A 192.0.2.1
                        a.two.example.  AAAA 2001:db8::1
                        b.two.example.  A 192.0.2.2
                        many.example.   AAAA 2001:db8::3
                        many.example.   AAAA 2001:db8::4
                        many.example.   AAAA 2001:db8::5
                        many.example.   A 192.0.2.10
                        many.example.   A 192.0.2.11
                        many.example.   TXT "no mail exchanger"
                        none.example.   TXT "no mail exchanger"
                        none.example.   A 192.0.2.3
                        bare.example.   TXT "nothing else"
                        null.example.   MX 0 .
                        alias.example.  CNAME two.example.
                        lost.example.   MX 10 gone.example.
                        slow.example.   MX 10 mx.broken.
                        self.example.   MX 10 mail.example.org.
                        mine.example.   MX 10 a.two.example.
                        mine.example.   MX 20 mail.example.org.
                        mine.example.   MX 30 b.two.example.
                        mail.example.org. A 192.0.2.9
                        xn--4ca.example. A 192.0.2.4
                        xn--fa-hia.example. A 192.0.2.5
                        fass.example.   A 192.0.2.6
                        """);
        dns = Dns.at(List.of(server.address()), "mail.example.org", 25);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void exchangersComeInTheirOrderWithAllAddresses() {
        var all =
                List.of(
                        "a.two.example[2001:db8:0:0:0:0:0:1]:25",
                        "a.two.example[192.0.2.1]:25",
                        "b.two.example[192.0.2.2]:25");
        assertEquals(all, hosts("two.example"));
        assertEquals(all, hosts("alias.example"));
    }

    /** Only the first few are tried: a machine without IPv6 must find one among them. */
    @Test
    void addressesOfBothKindsComeByTurns() {
        var kinds = hosts("many.example").stream().map(h -> h.contains("2001") ? 6 : 4).toList();
        assertEquals(List.of(6, 4, 6, 4, 6), kinds);
    }

    @Test
    void aDomainWithoutExchangerIsItsOwn() {
        assertEquals(List.of("none.example[192.0.2.3]:25"), hosts("none.example"));
        assertEquals(List.of("xn--4ca.example[192.0.2.4]:25"), hosts("ä.example"));
        assertEquals(List.of("xn--fa-hia.example[192.0.2.5]:25"), hosts("fa\u00df.example"));
        assertEquals("5.1.2", nowhere("bare.example"));
        assertEquals("5.1.2", nowhere("\u2665.example"));
    }

    @Test
    void someTakeNoMail() {
        assertEquals("5.1.10", nowhere("null.example")); // RFC 7505
        assertEquals("5.1.2", nowhere("unheard-of.example"));
        assertEquals("5.4.4", nowhere("lost.example"));
    }

    @Test
    void mailDoesNotGoRound() {
        assertEquals("5.4.6", nowhere("self.example"));
        assertEquals("5.4.6", nowhere("mail.example.org"));
        var better =
                List.of("a.two.example[2001:db8:0:0:0:0:0:1]:25", "a.two.example[192.0.2.1]:25");
        assertEquals(better, hosts("mine.example"));
    }

    @Test
    void whatCannotBeSaidNowIsTriedLater() {
        assertInstanceOf(Unknown.class, dns.of("any.broken"));
        assertInstanceOf(Unknown.class, dns.of("slow.example"));
    }

    /** As on a machine without a network, whose resolver denies whatever it is asked for. */
    @Test
    void whoDeniesEverythingIsNotBelieved() throws IOException {
        try (var nothing = NameServer.cutOff()) {
            var cutOff = Dns.at(List.of(nothing.address()), "mail.example.org", 25);
            var unknown = assertInstanceOf(Unknown.class, cutOff.of("unheard-of.test"));
            assertEquals(
                    "there is no domain unheard-of.test, says a name server that knows no root of the"
                            + " DNS either: it may be cut off",
                    unknown.why());
        }
    }

    @Test
    void addressesStandForThemselves() {
        assertEquals(List.of("[192.0.2.7]:25"), hosts("[192.0.2.7]"));
        assertEquals(List.of("[IPv6:2001:db8::7]:25"), hosts("[IPv6:2001:db8::7]"));
        assertEquals("5.1.2", nowhere("[x400:y]"));
    }

    private List<String> hosts(String domain) {
        var found = assertInstanceOf(Hosts.class, dns.of(domain));
        return found.hosts().stream().map(Host::toString).toList();
    }

    private String nowhere(String domain) {
        return assertInstanceOf(Nowhere.class, dns.of(domain)).status();
    }
}
