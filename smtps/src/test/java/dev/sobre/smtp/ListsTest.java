package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail for many, and mail for whoever is left. */
class ListsTest {

    private static final int MOST = 1000;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final SmtpsServer server = Served.over(store, SmtpSettings.onLoopback(0));

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void aThousandShareOneBody() throws IOException {
        for (int i = 0; i < MOST; i++) {
            store.accounts().create(List.of(member(i)), "{PLAIN}x", false);
        }
        try (var client = Served.login(server)) {
            client.play("C: MAIL FROM:<ann@example.org>\nS: 250 ...");
            var pipelined = new StringBuilder();
            for (int i = 0; i < MOST; i++) {
                pipelined.append("RCPT TO:<").append(member(i)).append(">\r\n");
            }
            client.send(pipelined.toString());
            for (int i = 0; i < MOST; i++) client.expect("250 2.1.5 OK");
            client.play("C: RCPT TO:<ann@example.org>\nS: 452 4.5.3 ...");
            client.play("C: DATA\nS: 354 ...\nC: Subject: to all\nC:\nC: .\nS: 250 ...");
        }
        Set<BlobRef> bodies = new HashSet<>();
        for (int i = 0; i < MOST; i++) bodies.addAll(bodies(member(i)));
        assertEquals(1, bodies.size());
        assertEquals(List.of(), bodies("ann@example.org"));
    }

    @Test
    void whoeverIsLeftIsCaught() throws IOException {
        store.accounts().create(List.of("bob@example.org"), "{PLAIN}x", false);
        var ann = store.account("ann@example.org");
        var all = new AccountChange.AddAddress("@example.org");
        store.accounts().change(ann.id(), List.of(all));
        try (var client = Served.login(server)) {
            for (String to :
                    List.of("anybody@example.org", "\"any body\"@Example.ORG", "bob@example.org")) {
                client.play("C: MAIL FROM:<anybody@example.org>\nS: 250 ..."); // hers to send, too
                client.play("C: RCPT TO:<" + to + ">\nS: 250 ...");
                client.play("C: DATA\nS: 354 ...\nC: .\nS: 250 ...");
            }
            client.play("C: MAIL FROM:<bob@example.org>\nS: 553 5.7.1 ...");
        }
        assertEquals(2, bodies("ann@example.org").size());
        assertEquals(1, bodies("bob@example.org").size());
    }

    /** What waits for octets holds memory, and no thread of the machine. */
    @Test
    void slowClientsHoldNoThread() throws IOException {
        var clients = new ArrayList<ScriptClient>();
        try {
            clients.add(writing());
            int before = platformThreads();
            for (int i = 0; i < 100; i++) clients.add(writing());
            int more = platformThreads() - before;
            assertTrue(more < 10, more + " threads more for a hundred clients");
            for (var each : clients) each.play("C: the end\nC: .\nS: 250 ...");
        } finally {
            for (var each : clients) each.close();
        }
        assertEquals(101, bodies("ann@example.org").size());
    }

    /** A client in the middle of its message. */
    private ScriptClient writing() throws IOException {
        return Served.login(server)
                .play(
                        """
                        C: MAIL FROM:<ann@example.org>
                        S: 250 ...
                        C: RCPT TO:<ann@example.org>
                        S: 250 ...
                        C: DATA
                        S: 354 ...
                        C: Subject: slowly
                        C:
                        """);
    }

    private static int platformThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static String member(int number) {
        return "member" + number + "@example.org";
    }

    private List<BlobRef> bodies(String user) {
        return Kept.bodies(store, store.account(user));
    }
}
