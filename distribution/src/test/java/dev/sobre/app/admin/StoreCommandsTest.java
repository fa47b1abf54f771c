package dev.sobre.app.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.rocksdb.RocksMailStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that look after the store, on an open one and a closed one. */
class StoreCommandsTest {

    @TempDir Path dir;

    private Path store() {
        return dir.resolve("store");
    }

    private static int run(RocksMailStore store, ScriptedCaller caller, String... words)
            throws IOException {
        return AdminCommands.run(
                List.of(words), new Office("example.org", store, Optional.empty()), caller);
    }

    private static String done(RocksMailStore store, String... words) throws IOException {
        var caller = ScriptedCaller.answering();
        assertEquals(0, run(store, caller, words), caller.complained());
        return caller.printed();
    }

    private static MailboxId deliver(RocksMailStore store, int messages) {
        var ann = store.accounts().create(List.of("ann@example.org"), "{PLAIN}secret", false);
        MailboxId inbox = store.find(ann.id(), Mailbox.INBOX).orElseThrow().id();
        for (int i = 0; i < messages; i++) {
            byte[] text =
                    ("Subject: " + i + "\r\n\r\n" + "x".repeat(1000) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            var body = BlobSource.Bytes.of(text);
            var mail = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.EPOCH);
            store.append(inbox, List.of(mail));
        }
        return inbox;
    }

    @Test
    void anOpenStoreIsLookedAfter() throws IOException {
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 10);
            assertEquals("nothing is wrong\n", done(store, "store", "check"));
            assertEquals(
                    "{\"wrong\":0,\"lost\":0,\"findings\":[]}\n",
                    done(store, "store", "check", "--json"));
            assertTrue(done(store, "store", "stats").contains("messages   10\n"));
            assertTrue(done(store, "store", "stats", "--json").contains("\"accounts\":1,"));
        }
    }

    @Test
    void spaceIsFreedWhenAsked() throws IOException {
        MailboxId inbox;
        try (var store = RocksMailStore.open(store())) {
            inbox = deliver(store, 10);
        }
        try (var store = RocksMailStore.open(store())) {
            var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
            store.store(inbox, UidSet.of(List.of(1L, 2L)), deleted, Long.MAX_VALUE);
            store.expunge(inbox, UidSet.ALL);
            assertTrue(done(store, "store", "compact").endsWith(" freed\n"));
            String again = done(store, "store", "compact", "--json");
            assertTrue(again.endsWith("\"damaged\":0}\n"), again);
        }
    }

    @Test
    void aDamagedStoreIsToldOfThoughItIsClosed() throws IOException {
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 3);
        }
        Path segment = store().resolve("segments/00000001.seg");
        byte[] octets = Files.readAllBytes(segment);
        int text = new String(octets, StandardCharsets.ISO_8859_1).indexOf("Subject: 0");
        octets[text] ^= 1;
        Files.write(segment, octets);
        var caller = ScriptedCaller.answering();
        assertEquals(1, new CheckStore().runClosed(store(), caller));
        assertEquals(
                "message 1 in INBOX of ann@example.org: its text is damaged or lost:"
                        + " 00000001.seg at octet "
                        + text
                        + "\n"
                        + "1 thing is wrong; what is damaged for good is in a backup, or lost\n",
                caller.printed());
    }

    @Test
    void aStoreIsRepairedWhileItIsClosed() throws IOException {
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 3);
            var refused = ScriptedCaller.answering();
            assertEquals(1, run(store, refused, "store", "check", "--repair"));
            assertTrue(refused.complained().contains("stop the server"));
        }
        Files.delete(store().resolve("meta/CURRENT"));
        var repair = new CheckStore();
        new CommandLine(repair).parseArgs("--repair");
        var caller = ScriptedCaller.answering();
        assertEquals(0, repair.runClosed(store(), caller), caller.printed());
        assertTrue(caller.printed().endsWith("nothing is wrong\n"), caller.printed());
        try (var store = RocksMailStore.open(store())) {
            assertTrue(done(store, "store", "stats").contains("messages   3\n"));
        }
    }

    @Test
    void aBackupIsTakenAndRestored() throws IOException {
        String backup = dir.resolve("backup").toString();
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 3);
            String said = done(store, "store", "backup", backup);
            assertTrue(said.startsWith("backed up to " + backup + "; "), said);
            assertEquals("nothing is wrong\n", done(store, "store", "check", "--backup", backup));
            var refused = ScriptedCaller.answering();
            assertEquals(1, run(store, refused, "store", "check", "--backup", backup, "--repair"));
            assertTrue(refused.complained().contains("a backup is not repaired"));
        }
        checkClosed(0, "nothing is wrong\n", "--backup", backup);
        Path copy = dir.resolve("copy");
        var restore = new RestoreStore();
        new CommandLine(restore).parseArgs(backup);
        var caller = ScriptedCaller.answering();
        assertEquals(0, restore.runClosed(copy, caller));
        assertTrue(caller.printed().startsWith("restored what was backed up 20"));
        try (var store = RocksMailStore.open(copy)) {
            assertTrue(done(store, "store", "stats").contains("messages   3\n"));
            var refused = ScriptedCaller.answering();
            assertEquals(1, run(store, refused, "store", "restore", backup));
            assertTrue(refused.complained().contains("stop the server"));
            var nowhere = ScriptedCaller.answering();
            assertEquals(1, run(store, nowhere, "store", "backup"));
            assertTrue(nowhere.complained().contains("backup-folder"), nowhere.complained());
        }
    }

    @Test
    void whatADamagedBackupHasIsRestored() throws IOException {
        Path backup = dir.resolve("backup");
        try (var store = RocksMailStore.open(store())) {
            deliver(store, 3);
            done(store, "store", "backup", backup.toString());
        }
        try (var metadata = Files.newDirectoryStream(backup, "meta-*")) {
            for (Path each : metadata) Files.delete(each.resolve("CURRENT"));
        }
        var restore = new RestoreStore();
        new CommandLine(restore).parseArgs(backup.toString());
        Path copy = dir.resolve("copy");
        var caller = ScriptedCaller.answering();
        assertEquals(1, restore.runClosed(copy, caller));
        assertTrue(caller.printed().startsWith("the backup is damaged, so "), caller.printed());
        assertTrue(caller.printed().contains("restored what was backed up"), caller.printed());
        try (var store = RocksMailStore.open(copy)) {
            assertTrue(done(store, "store", "stats").contains("messages   3\n"));
        }
    }

    private void checkClosed(int code, String said, String... words) throws IOException {
        var check = new CheckStore();
        new CommandLine(check).parseArgs(words);
        var caller = ScriptedCaller.answering();
        assertEquals(code, check.runClosed(store(), caller));
        assertTrue(caller.printed().endsWith(said), caller.printed());
    }

    @Test
    void whatIsInMemoryNeedsNoCare() throws IOException {
        var caller = ScriptedCaller.answering();
        var office = new Office("example.org", MemoryStore.empty(), Optional.empty());
        assertEquals(1, AdminCommands.run(List.of("store", "stats"), office, caller));
        assertTrue(caller.complained().contains("in memory alone"));
        assertEquals(2, AdminCommands.run(List.of("store"), office, caller));
    }
}
