package dev.sobre.smtp.relay;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Terms;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.smtp.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A store whose mail is relayed to servers as a test wants them. */
abstract class Sending {

    static final String TEXT =
            "Return-Path: <ann@example.org>\r\nSubject: hello\r\n\r\nthe text\r\n";

    final MemoryStore store = MemoryStore.with("ann@example.org", "secret");

    @AfterEach
    void stop() {
        store.close();
    }

    static Terms terms() {
        return Terms.standard(Instant.now());
    }

    Relay start(RelaySettings settings) {
        var recipients = new Recipients(store.accounts(), Set.of(), "+");
        return Relay.start(settings, store, recipients);
    }

    static RelaySettings direct(FarServer far) {
        var host = new Host("mx.far.example", far.address(), Security.OPPORTUNISTIC);
        return settings(new Direct(domain -> new Destination.Hosts(List.of(host))));
    }

    static RelaySettings smarthost(
            FarServer far, Security security, List<X509Certificate> trusted) {
        return smarthost("localhost", far, security, trusted);
    }

    static RelaySettings smarthost(
            String name, FarServer far, Security security, List<X509Certificate> trusted) {
        int port = far.address().getPort();
        return settings(new Smarthost(name, port, security, Optional.empty(), trusted));
    }

    static RelaySettings settings(Route route) {
        return RelaySettings.by(route, "mail.example.org")
                .withTimeouts(Timeouts.each(Duration.ofSeconds(20)))
                .withSchedule(new Schedule(Duration.ofMillis(100), Duration.ofMillis(500)));
    }

    void submit(Terms terms, String... recipients) {
        accept("ann@example.org", terms, TEXT, recipients);
    }

    void accept(String sender, Terms terms, String text, String... recipients) {
        var entries =
                Arrays.stream(recipients)
                        .map(to -> new Spool.Entry(to, domain(to), terms.accepted(), 0, "", terms))
                        .toList();
        var body = BlobSource.Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        store.accept(
                new Submission(
                        DeliveryId.random(), sender, body, terms.accepted(), List.of(), entries));
    }

    private static String domain(String recipient) {
        return recipient.substring(recipient.lastIndexOf('@') + 1);
    }

    void gone() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> store.spool().size() == 0);
    }

    String note() {
        var all = store.spool().list(Optional.empty(), 1);
        return all.isEmpty() ? "" : all.getFirst().entry().note();
    }

    List<String> inbox() throws IOException {
        return Kept.inbox(store, store.account("ann@example.org"), StandardCharsets.UTF_8);
    }
}
