package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How far TLS must hold on the way to other servers, and to a smarthost. */
class SecurityTest extends Sending {

    @Test // RFC 7435: any certificate will do between servers
    void tlsIsUsedWhereItIsOffered() throws Exception {
        try (var far = new FarServer(FarServer.friendly("STARTTLS"));
                var relay = start(direct(far))) {
            submit(terms(), "bob@far.example");
            gone();
            assertTrue(far.commands.indexOf("<tls>") > 0);
            assertTrue(
                    far.commands.indexOf("<tls>")
                            < far.commands.lastIndexOf("EHLO mail.example.org"));
        }
    }

    @Test // RFC 7435: in the clear rather than not at all
    void whereTlsDoesNotWorkMailGoesWithoutIt() throws Exception {
        UnaryOperator<String> broken =
                c ->
                        c.equals("STARTTLS")
                                ? "454 4.7.0 not now"
                                : FarServer.friendly("STARTTLS").apply(c);
        try (var far = new FarServer(broken);
                var relay = start(direct(far))) {
            submit(terms(), "bob@far.example");
            gone();
            assertEquals(1, far.messages.size());
            assertFalse(far.commands.contains("<tls>"), far.commands.toString());
        }
    }

    @Test // LESSONS 7: what comes behind the answer to STARTTLS is an attacker's
    void nothingIsReadAcrossStartTls() throws Exception {
        UnaryOperator<String> injecting =
                c ->
                        c.equals("STARTTLS")
                                ? "220 go\r\n250 injected"
                                : FarServer.friendly("STARTTLS").apply(c);
        try (var far = new FarServer(injecting);
                var relay = start(smarthost(far, Security.REQUIRED, far.keys.chain()))) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> note().contains("said more than it was asked"));
            assertEquals(List.of(), far.messages);
        }
    }

    @Test
    void aSmarthostMustShowACertificateThatHolds() throws Exception {
        try (var far = new FarServer(FarServer.friendly("STARTTLS"));
                var relay = start(smarthost(far, Security.REQUIRED, List.of()))) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> note().contains("self-signed"));
            assertTrue(far.commands.stream().noneMatch(c -> c.startsWith("MAIL")));
        }
    }

    @Test
    void aSmarthostMustOfferStartTls() throws Exception {
        try (var far = new FarServer(FarServer.friendly());
                var relay = start(smarthost(far, Security.REQUIRED, List.of()))) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> note().contains("offers no STARTTLS"));
            assertTrue(far.commands.stream().noneMatch(c -> c.startsWith("MAIL")));
        }
    }

    @Test
    void whereNobodyListensAtOneAddressOfASmarthostTheNextIsTried() throws Exception {
        try (var far = new FarServer(FarServer.friendly("STARTTLS"));
                var relay =
                        start(
                                smarthost(
                                        TwoAddresses.NAME,
                                        far,
                                        Security.REQUIRED,
                                        far.keys.chain()))) {
            submit(terms(), "bob@far.example");
            Awaitility.await().until(() -> far.messages.size() == 1);
        }
    }
}
