package dev.sobre.imap;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.EventLoops;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that go through very many messages or mailboxes, and who is served meanwhile. */
class LongCommandTest {

    private static final int THOUSANDS = 400; // so that the quickest of the commands takes a while
    private static final int MAILBOXES = 5_000;
    private static final int SOME = 5;
    private static final int TRIES = 20; // the machine may be busy with something else

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final ImapsServer server = Served.over(store, ImapSettings.onLoopback(0));
    private final List<TestClient> others = new ArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        // Connections are given to the event loops in turn: one of these has that of the next.
        for (EventExecutor _ : EventLoops.shared().group()) {
            others.add(new TestClient(server.port()).loggedIn());
        }
    }

    @AfterEach
    void close() throws Exception {
        for (TestClient other : others) other.close();
        server.close();
    }

    private MailboxId mailbox(String name) {
        return store.find(store.account("ann@example.org").id(), name).orElseThrow().id();
    }

    /** How many commands that one of the others was answered least, while a command ran. */
    private int served(TestClient client, String command) throws Exception {
        var over = new AtomicBoolean();
        List<AtomicInteger> counts = new ArrayList<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (TestClient other : others) {
            var count = new AtomicInteger();
            counts.add(count);
            all.add(CompletableFuture.runAsync(() -> go(other, count, over)));
        }
        String last = client.ask("1 " + command).getLast();
        over.set(true);
        for (var each : all) each.get(20, TimeUnit.SECONDS);
        assertTrue(last.startsWith("1 OK"), last);
        return counts.stream().mapToInt(AtomicInteger::get).min().orElseThrow();
    }

    private static void go(TestClient client, AtomicInteger count, AtomicBoolean over) {
        try {
            while (!over.get()) {
                client.ask("n NOOP");
                if (!over.get()) count.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertServesOthers(TestClient client, String command) throws Exception {
        int served = 0;
        for (int i = 0; i < TRIES && served < SOME; i++) served = served(client, command);
        assertTrue(served >= SOME, served + " commands were answered during " + command);
    }

    @Test
    void throughMessagesServeOthers() throws Exception {
        Thousands.of(THOUSANDS, store, mailbox("Archive"), mailbox("INBOX"));
        try (var client = new TestClient(server.port()).loggedIn()) {
            client.ask("s SELECT INBOX");
            for (String command :
                    List.of(
                            "STORE 1:* +FLAGS.SILENT (\\Seen)",
                            "UID SEARCH RETURN (ALL) SEEN",
                            "SEARCH NOT 2",
                            "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1000000000)",
                            "UID SORT (SUBJECT) UTF-8 1:10000",
                            "UID COPY 1:50000 Archive",
                            "FETCH 1:* (UID FLAGS)",
                            "STATUS INBOX (DELETED)")) {
                assertServesOthers(client, command);
            }
        }
    }

    /** Few mailboxes, but what nobody would ask for. */
    @Test
    void ofLongPatternsServeOthers() throws Exception {
        var account = store.account("ann@example.org").id();
        for (int i = 0; i < 50; i++) {
            store.alter(account, new MailboxChange.Create(i + "a".repeat(100)));
        }
        String patterns =
                Stream.generate(() -> "a*".repeat(50) + "b").limit(100).collect(joining(" "));
        try (var client = new TestClient(server.port()).loggedIn()) {
            assertServesOthers(client, "LIST \"\" (" + patterns + ")");
        }
    }

    @Test
    void throughMailboxesServeOthers() throws Exception {
        var account = store.account("ann@example.org").id();
        for (int i = 0; i < MAILBOXES; i++) {
            store.alter(account, new MailboxChange.Create("lists/number " + i));
        }
        try (var client = new TestClient(server.port()).loggedIn()) {
            for (String command :
                    List.of("LIST \"\" \"*7*\"", "LIST \"\" * RETURN (STATUS (MESSAGES))")) {
                assertServesOthers(client, command);
            }
        }
    }
}
