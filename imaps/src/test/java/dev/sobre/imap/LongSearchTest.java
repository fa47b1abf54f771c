package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.Limits;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchSettings;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that take long, and those that an index makes short. */
class LongSearchTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    /** Minutes of work: thousands of texts, none of which is in messages of half a megabyte. */
    private static final String LONG =
            "SEARCH "
                    + IntStream.range(0, 10_000)
                            .mapToObj(i -> "NOT TEXT aaaax" + i)
                            .collect(Collectors.joining(" "));

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();

    @BeforeEach
    void fill() throws IOException {
        byte[] message = ("Subject: big\r\n\r\n" + "a".repeat(500_000) + "\r\n").getBytes(US_ASCII);
        for (int i = 0; i < 20; i++) {
            try (var sink = store.sink(1_000_000)) {
                sink.write(ByteBuffer.wrap(message));
                var id = DeliveryId.random();
                store.append(
                        inbox, List.of(new Delivery(id, sink.finish(), Flags.NONE, Instant.now())));
            }
        }
    }

    @Test
    void endsWithTheConnection() throws Exception {
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS);
                var server = serverWith(search);
                var other = clientOf(server)) {
            var gone = clientOf(server);
            gone.send("1 " + LONG + "\r\n");
            Awaitility.await().until(LongSearchTest::isSearching);
            assertTrue(other.ask("2 SEARCH SUBJECT big").getFirst().startsWith("* SEARCH 1"));
            gone.cut();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> server.sessions().size() == 1 && !isSearching());
        }
    }

    @Test
    void endsAfterTheLongestTime() throws Exception {
        var settings = SearchSettings.DEFAULTS.withLongest(Duration.ofMillis(300));
        try (var search = Search.scanning(store, settings);
                var server = serverWith(search);
                var client = clientOf(server)) {
            assertTrue(client.ask("1 " + LONG).getLast().startsWith("1 NO [LIMIT] "));
            assertEquals("2 OK NOOP completed", client.ask("2 NOOP").getLast());
        }
    }

    /** RFC 9585 §4. */
    @Test
    void isHeardOfWhileItGoesOn() throws Exception {
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS);
                var server = serverWith(search, Duration.ofMillis(50));
                var client = clientOf(server)) {
            client.send("1 " + LONG + "\r\n");
            String goesOn = "* OK [INPROGRESS (\"1\" NIL NIL)] still searching";
            assertEquals(goesOn, client.line());
            assertEquals(goesOn, client.line());
        }
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS);
                var server = serverWith(search, Duration.ofMillis(50));
                var client = clientOf(server)) {
            client.send("[1] UID THREAD REFERENCES UTF-8 " + LONG.substring(7) + "\r\n");
            assertEquals("* OK [INPROGRESS (NIL NIL NIL)] still searching", client.line());
        }
    }

    @Test
    void asksAnIndexThatItIsGivenAndLeavesItOpen(@TempDir Path directory) throws Exception {
        try (var search = Search.open(store, directory)) {
            try (var server = serverWith(search);
                    var client = clientOf(server)) {
                assertEquals("* SEARCH 1 2", client.ask("1 SEARCH 1:2 TEXT aaaa").getFirst());
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(search::isIndexed);
                assertEquals("* SEARCH 1 2", client.ask("2 SEARCH 1:2 TEXT aaaa").getFirst());
                assertEquals("* SEARCH", client.ask("3 SEARCH TEXT aaaax").getFirst());
            }
            assertEquals(20, search.find(inbox, new SearchKey.Text("big")).count());
        }
    }

    private ImapsServer serverWith(Search search) {
        return serverWith(search, Duration.ofMinutes(5));
    }

    private ImapsServer serverWith(Search search, Duration progress) {
        var limits = Limits.standard().withLine(LONG.length() + 100);
        var settings = ImapSettings.onLoopback(0).withLimits(limits).withProgress(progress);
        return ImapsServer.start(settings, TLS, store, store.authenticator(), search);
    }

    private TestClient clientOf(ImapsServer server) throws Exception {
        var client = new TestClient(server.port()).loggedIn();
        client.ask("s SELECT INBOX");
        return client;
    }

    private static boolean isSearching() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("search-"))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().startsWith("dev.sobre.mail.search"));
    }
}
