package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.archive.Export;
import dev.sobre.mail.archive.Form;
import dev.sobre.mail.archive.Watched;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports and imports on the disk: damaged bodies, and much mail in little memory. */
class ArchiveTest {

    private static final long MB = 1_000_000;

    @TempDir Path dir;

    /** LESSONS 21: an export goes on past what is damaged. */
    @ParameterizedTest
    @EnumSource
    void damagedBodiesAreNamedAndPassedOver(Form form) throws IOException {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var ann = store.accounts().create(List.of("ann@example.org"), "{PLAIN}x", false);
            var inbox = store.find(ann.id(), "INBOX").orElseThrow().id();
            append(store, inbox, "Subject: one\r\n\r\n");
            long bad = append(store, inbox, "Subject: two\r\n\r\n" + "x".repeat(100_000)).uid();
            append(store, inbox, "Subject: three\r\n\r\n");
            try (var messages = store.messages(inbox, UidSet.of(bad))) {
                long at = messages.next().orElseThrow().body().offset() + 90_000;
                Copies.flip(Copies.segments(dir.resolve("store")).getFirst(), at);
            }
            var watched = new Watched();
            Path files = dir.resolve("files");
            var summary = new Export(store, ann, form, files, Optional.empty(), false).run(watched);
            assertEquals(2, summary.messages());
            assertEquals(1, watched.passedOver.size());
            String said = watched.passedOver.getFirst();
            assertTrue(said.startsWith("INBOX, UID 2: its octets are damaged"), said);
        }
    }

    private static Appended append(RocksMailStore store, MailboxId mailbox, String text) {
        var source = BlobSource.Bytes.of(text.getBytes(US_ASCII));
        var mail = new Delivery(DeliveryId.random(), source, Flags.NONE, Instant.EPOCH);
        return store.append(mailbox, List.of(mail)).getFirst();
    }

    /** LESSONS 22, as far as the gate has time. */
    @ParameterizedTest
    @EnumSource
    void muchMailNeedsLittleMemory(Form form) throws Exception {
        passes(form, 250 * MB, 96);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource
    void tenGigabytesPassThroughASmallHeap(Form form) throws Exception {
        passes(form, 10_000 * MB, 256);
    }

    private void passes(Form form, long octets, int heapMiB) throws Exception {
        var process = ArchiveProcess.start(dir, form, octets, heapMiB);
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            assertEquals(0, process.waitFor(), said);
            assertTrue(said.startsWith("EQUAL "), said);
            assertTrue(Long.parseLong(said.strip().split(" ")[2]) > octets * 9 / 10, said);
        } finally {
            process.destroyForcibly();
        }
    }
}
