package dev.sobre.smtp.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Returned;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, in which order, and in which words, where all goes well or nearly so. */
class OrderTest extends Sending {

    private static final String PARTS = "multipart/mixed; boundary=b\r\n\r\n--b\r\n";
    private static final String INSIDE = PARTS + "Content-Type: message/rfc822\r\n";

    @Test // RFC 3207 §4.2, RFC 4954 §4
    void aSmarthostGetsThePasswordUnderTlsAlone() throws Exception {
        UnaryOperator<String> says =
                c ->
                        c.startsWith("AUTH")
                                ? "235 2.7.0 welcome"
                                : FarServer.friendly("STARTTLS", "AUTH PLAIN").apply(c);
        try (var far = new FarServer(says)) {
            var login = Optional.of(new Smarthost.Login("ann", "secret"));
            int port = far.address().getPort();
            var route =
                    new Smarthost("localhost", port, Security.REQUIRED, login, far.keys.chain());
            try (var relay = start(settings(route))) {
                submit(terms(), "bob@far.example");
                gone();
            }
            String ehlo = "EHLO mail.example.org";
            String plain = Base64.getEncoder().encodeToString("\0ann\0secret".getBytes(UTF_8));
            assertEquals(
                    List.of(ehlo, "STARTTLS", "<tls>", ehlo, "AUTH PLAIN " + plain),
                    far.commands.subList(0, 5));
            assertEquals(1, far.messages.size());
        }
    }

    @Test // RFC 6710 §4
    void theMostUrgentGoesFirst() throws Exception {
        int[] priorities = {-3, 0, 4, 2, 0, 6};
        for (int priority : priorities) {
            submit(terms().withPriority(priority), "bob" + priority + "@far.example");
        }
        try (var far = new FarServer(FarServer.friendly("MT-PRIORITY"));
                var relay = start(direct(far).withConnections(1, 1))) {
            gone();
            var said =
                    far.commands.stream()
                            .filter(c -> c.startsWith("MAIL"))
                            .map(c -> c.replaceFirst(".*8BITMIME", "").strip())
                            .toList();
            assertEquals(
                    List.of(
                            "MT-PRIORITY=6",
                            "MT-PRIORITY=4",
                            "MT-PRIORITY=2",
                            "MT-PRIORITY=0",
                            "MT-PRIORITY=0",
                            "MT-PRIORITY=-3"),
                    said);
        }
    }

    @Test // RFC 5321 §5.1
    void whatOneServerPutsOffTheNextMayTake() throws Exception {
        UnaryOperator<String> busy =
                c ->
                        c.startsWith("RCPT TO:<bob") || c.startsWith("RCPT TO:<no")
                                ? "450 4.2.1 busy"
                                : FarServer.friendly().apply(c);
        UnaryOperator<String> next =
                c ->
                        c.startsWith("RCPT TO:<no")
                                ? "450 4.2.1 busy, too"
                                : FarServer.friendly().apply(c);
        try (var first = new FarServer(busy);
                var second = new FarServer(next)) {
            try (var relay = start(oneAfterTheOther(first, second))) {
                submit(terms(), "bob@far.example", "eve@far.example", "no@far.example");
                Awaitility.await().until(() -> note().contains("busy, too"));
                assertEquals(1, store.spool().size());
            }
            assertEquals(1, first.messages.size());
            assertEquals(1, second.messages.size());
            assertTrue(second.commands.contains("RCPT TO:<bob@far.example>"));
            assertTrue(second.commands.stream().noneMatch(c -> c.startsWith("RCPT TO:<eve")));
        }
    }

    @Test
    void whereAllPutMailOffNotAllAreAskedForEach() throws Exception {
        UnaryOperator<String> greylist =
                c -> c.startsWith("RCPT") ? "450 4.7.1 not yet" : FarServer.friendly().apply(c);
        try (var first = new FarServer(greylist);
                var second = new FarServer(greylist)) {
            for (int i = 0; i < 20; i++) submit(terms(), "bob@far.example");
            var patient = oneAfterTheOther(first, second).withConnections(1, 1);
            try (var relay = start(patient)) {
                Awaitility.await()
                        .until(
                                () ->
                                        store.spool().list(Optional.empty(), 20).stream()
                                                .allMatch(w -> w.entry().attempts() == 1));
            }
            assertEquals(2, first.connections.get());
            assertEquals(1, second.connections.get());
        }
    }

    @ParameterizedTest // RFC 6531 §3.2: some clients say SMTPUTF8 with each mail
    @ValueSource(
            strings = {"text/plain\r\n\r\n", PARTS + "\r\n", INSIDE + "\r\nSubject: x\r\n\r\n"})
    void mailInAsciiGoesWhereSmtpUtf8IsNotSpoken(String before) throws Exception {
        try (var far = new FarServer(FarServer.friendly("DSN"));
                var relay = start(direct(far))) {
            accept(
                    "ann@example.org",
                    named(true),
                    "Content-Type: " + before + "ä",
                    "bob@far.example");
            gone();
            assertEquals(1, far.messages.size());
            assertTrue(far.commands.contains("MAIL FROM:<ann@example.org> BODY=8BITMIME"));
            String to = "RCPT TO:<bob@far.example> ORCPT=utf-8;\\x{E4}@far.example";
            assertTrue(far.commands.contains(to), far.commands::toString);
        }
    }

    @ParameterizedTest // RFC 6531 §3.5
    @ValueSource(strings = {"text/plain; name=", PARTS + "X: ", INSIDE + "\r\nSubject: "})
    void aHeaderBeyondAsciiComesBackFromWhereItIsNotSpoken(String before) throws Exception {
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(direct(far))) {
            String text = "Content-Type: " + before + "ä\r\n\r\n";
            accept("ann@example.org", named(true), text, "bob@far.example");
            gone();
            assertEquals(List.of(), far.messages);
            assertTrue(inbox().getFirst().contains("\r\nStatus: 5.6.9\r\n"));
        }
    }

    @Test // RFC 6533 §3: letters beyond ASCII only where MAIL says so
    void whatDoesNotSaySmtpUtf8HasNoneInItsCommands() throws Exception {
        try (var far = new FarServer(FarServer.friendly("DSN", "SMTPUTF8"));
                var relay = start(direct(far))) {
            accept("ann@example.org", named(false), TEXT, "bob@far.example");
            gone();
            String to = "RCPT TO:<bob@far.example> ORCPT=utf-8;\\x{E4}@far.example";
            assertTrue(far.commands.contains(to), far.commands::toString);
        }
    }

    private static Terms named(boolean utf8) {
        return terms().withUtf8(utf8)
                .withWishes(Set.of(), Returned.UNSAID, "", "utf-8;ä@far.example");
    }

    @Test // RFC 3464 §2.1, RFC 6533 §3
    void fieldsOfAReportAreInAscii() throws Exception {
        UnaryOperator<String> says =
                c -> c.startsWith("RCPT") ? "550 5.1.1 \u00e4h" : FarServer.friendly().apply(c);
        var named = terms().withWishes(Set.of(), Returned.UNSAID, "", "utf-8;\u00e4@far.example");
        try (var far = new FarServer(says);
                var relay = start(direct(far))) {
            accept("ann@example.org", named, TEXT, "bob@far.example");
            gone();
            String report = inbox().getFirst();
            int from = report.indexOf("Content-Type: message/delivery-status\r\n");
            String fields = report.substring(from, report.indexOf("\r\n--", from));
            assertTrue(
                    fields.contains("\r\nOriginal-Recipient: utf-8; \\x{E4}@far.example\r\n"),
                    fields);
            assertTrue(fields.contains("\r\nDiagnostic-Code: smtp; 550 5.1.1 ?h\r\n"), fields);
        }
    }

    @Test // RFC 6531 §3.5, RFC 6533 §3
    void mailBeyondAsciiComesBackFromWhereItIsNotSpoken() throws Exception {
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(direct(far))) {
            submit(terms().withUtf8(true), "bücher@far.example");
            gone();
            Awaitility.await().until(() -> inbox().size() == 1);
            assertEquals(List.of(), far.messages);
            String report = inbox().getFirst();
            String header = report.substring(0, report.indexOf("\r\n\r\n") + 2);
            assertTrue(header.contains("\r\nContent-Transfer-Encoding: 8bit\r\n"), header);
            for (String line :
                    List.of(
                            "Content-Type: message/global-delivery-status",
                            "Final-Recipient: utf-8; bücher@far.example",
                            "Status: 5.6.7",
                            "Content-Type: message/global-headers")) {
                assertTrue(report.contains("\r\n" + line), line + " in " + report);
            }
        }
    }

    private static RelaySettings oneAfterTheOther(FarServer first, FarServer second) {
        var hosts =
                List.of(
                        new Host("a.far.example", first.address(), Security.OPPORTUNISTIC),
                        new Host("b.far.example", second.address(), Security.OPPORTUNISTIC));
        return settings(new Direct(domain -> new Destination.Hosts(hosts)))
                .withSchedule(Schedule.standard());
    }
}
