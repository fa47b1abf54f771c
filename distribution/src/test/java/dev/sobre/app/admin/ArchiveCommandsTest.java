package dev.sobre.app.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} and {@code import}, wherever they are called from. */
class ArchiveCommandsTest {

    @TempDir Path folder;

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "x").and("bob@example.org", "x");
    private final Office office = new Office("example.org", store, Optional.empty());

    private ScriptedCaller run(int code, String... words) throws IOException {
        var caller = ScriptedCaller.answering();
        assertEquals(code, AdminCommands.run(List.of(words), office, caller), caller.complained());
        return caller;
    }

    private void append(Account account, String text) {
        var inbox = store.find(account.id(), "INBOX").orElseThrow().id();
        var source = BlobSource.Bytes.of(text.getBytes(US_ASCII));
        var mail = new Delivery(DeliveryId.random(), source, Flags.SEEN, Instant.now());
        store.append(inbox, List.of(mail));
    }

    @Test
    void mailGoesOutAndIn() throws IOException {
        append(store.account("ann@example.org"), "Subject: one\r\n\r\n");
        append(store.account("ann@example.org"), "Subject: two\r\n\r\n");
        for (String form : List.of("--maildir", "--mbox")) {
            String there = folder.resolve("new" + form).toString();
            var out = run(0, "export", "ann", form, there);
            assertEquals(
                    "exported 2 messages (32 octets) in 6 mailboxes, passed over 0\n",
                    out.printed());
            var again = run(1, "export", "ann", form, there);
            assertTrue(again.complained().contains("is not empty; choose another folder"));
            var look = run(0, "import", "bob", form, there, "--dry-run", "--json");
            assertTrue(look.printed().startsWith("{\"would_import\":2,\"octets\":32,"));
        }
        String maildir = folder.resolve("new--maildir").toString();
        run(0, "import", "bob", "--maildir", maildir, "--mailbox", "Archive");
        assertEquals(0, store.accounts().usage(store.account("bob@example.org").id()).messages());
        run(0, "import", "bob", "--maildir", maildir);
        var again = run(0, "import", "bob", "--maildir", maildir);
        assertTrue(again.printed().endsWith("passed over 0; 2 were there already\n"));
        assertEquals(2, store.accounts().usage(store.account("bob@example.org").id()).messages());
    }

    @Test
    void whatIsPassedOverIsSaid() throws IOException {
        Files.createDirectories(folder.resolve("cur"));
        Files.writeString(folder.resolve("cur/1.a"), "Subject: good\n\n");
        Files.writeString(folder.resolve("cur/2.b"), "Subject: bad\n\n\0");
        var caller = run(1, "import", "bob", "--maildir", folder.toString());
        assertEquals(
                """
                passed over cur/2.b: it has NUL octets, which no mail may have
                imported 1 message (17 octets) in 1 mailbox, passed over 1
                """,
                caller.printed());
    }

    @Test
    void mistakesAreExplained() throws IOException {
        String there = folder.toString();
        var both = run(2, "export", "ann", "--maildir", there, "--mbox", there);
        assertTrue(both.complained().contains("mutually exclusive"), both.complained());
        run(2, "export", "ann");
        var nobody = run(1, "export", "eve", "--maildir", there);
        assertTrue(nobody.complained().contains("there is no account eve@example.org"));
        var mailbox = run(1, "export", "ann", "--maildir", there, "--mailbox", "None");
        assertTrue(mailbox.complained().contains("has no mailbox `None`"));
        var gone = run(1, "import", "ann", "--mbox", folder.resolve("gone").toString());
        assertTrue(gone.complained().startsWith("there is no /"));
    }
}
