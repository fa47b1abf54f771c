package dev.sobre.smtp.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is sent, in which order, and in which words, where all goes well or nearly so. */
class OrderTest extends Sending {

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

    @Test // RFC 6531 §3.5, RFC 6533 §3
    void mailBeyondAsciiComesBackFromWhereItIsNotSpoken() throws Exception {
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(direct(far))) {
            submit(terms().withUtf8(true), "bücher@far.example");
            gone();
            Awaitility.await().until(() -> inbox().size() == 1);
            assertEquals(List.of(), far.messages);
            String report = inbox().getFirst();
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
}
