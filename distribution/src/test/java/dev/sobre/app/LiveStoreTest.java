package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.control.ControlClient;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.rocksdb.StoreRestore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after the store, asked of a running server through its control socket. */
class LiveStoreTest {

    @TempDir Path dir;
    private final Home home;
    private Server server;
    private final MailboxId inbox;

    LiveStoreTest(@TempDir Path root) throws IOException {
        var free = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        home = FirstRun.create(root.resolve("home"), free);
        String text = Files.readString(home.configurationFile());
        String backups = "backup-folder = \"" + root.resolve("backups") + "\"";
        Files.writeString(
                home.configurationFile(),
                text.replace("# backup-folder = \"/var/backups/sobre\"", backups));
        server = Server.start(home, home.configuration());
        inbox = inboxOf("ann@localhost");
        for (int i = 0; i < 5; i++) deliver("Subject: " + i + "\r\n\r\nSome text.\r\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MailboxId inboxOf(String address) {
        var account = server.store().accounts().create(List.of(address), "{PLAIN}secret", false);
        return server.store().find(account.id(), "INBOX").orElseThrow().id();
    }

    private void deliver(String text) {
        var body = BlobSource.Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
        var mail = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.EPOCH);
        server.store().append(inbox, List.of(mail));
    }

    private ScriptedCaller run(int code, String... words) {
        var caller = ScriptedCaller.answering();
        try (var client = ControlClient.connect(home).orElseThrow()) {
            assertEquals(code, client.run(List.of(words), caller), caller.complained());
        }
        return caller;
    }

    private String done(String... words) {
        return run(0, words).printed();
    }

    @Test
    void itIsCheckedCountedAndCompacted() {
        assertEquals("nothing is wrong\n", done("store", "check"));
        assertTrue(done("store", "stats").contains("messages   5\n"));
        String counted = done("store", "stats", "--json");
        assertTrue(counted.contains("\"messages\":5,\"bodies\":5,"), counted);
        assertTrue(done("store", "compact").endsWith(" freed\n"));
        assertEquals(
                "{\"wrong\":0,\"lost\":0,\"findings\":[]}\n", done("store", "check", "--json"));
    }

    @Test
    void mailGoesOutAndInWhileItRuns() {
        MailboxId other = inboxOf("bob@localhost");
        String out = dir.resolve("out").toString();
        done("export", "ann@localhost", "--maildir", out);
        done("import", "bob@localhost", "--maildir", out);
        var ann = server.store().index(inbox);
        var bob = server.store().index(other);
        assertEquals(5, bob.size());
        for (int i = 0; i < 5; i++) {
            assertEquals(ann.uid(i), bob.uid(i));
            assertEquals(ann.octets(i), bob.octets(i));
            assertEquals(ann.flags(i), bob.flags(i));
            assertEquals(ann.internalDate(i), bob.internalDate(i));
        }
    }

    @Test
    void itIsBackedUpToTheConfiguredFolderOnlyAndRestored() throws IOException {
        Path backups = home.backups(home.configuration()).orElseThrow();
        String said = done("store", "backup");
        assertTrue(said.startsWith("backed up to " + backups + "; "), said);
        String below = backups.resolve("monthly").toString();
        assertTrue(done("store", "backup", below).contains(below));
        assertEquals("nothing is wrong\n", done("store", "check", "--backup", below));
        var refused = run(1, "store", "backup", dir.resolve("elsewhere").toString());
        assertTrue(refused.complained().contains("a running server backs up to " + backups));
        refused = run(1, "store", "restore", backups.toString());
        assertTrue(refused.complained().contains("stop the server first"), refused.complained());
        refused = run(1, "store", "check", "--repair");
        assertTrue(refused.complained().contains("stop the server"), refused.complained());

        deliver("Subject: after the backup\r\n\r\n");
        server.close();
        Path store = home.store(home.configuration());
        Files.move(store, store.resolveSibling("lost"));
        StoreRestore.restore(backups, store, _ -> {}, _ -> {});
        server = Server.start(home, home.configuration());
        assertTrue(done("store", "stats").contains("messages   5\n"));
    }
}
