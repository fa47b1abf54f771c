package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Mails;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.Strace;
import dev.sobre.mail.rocksdb.SyscallLog;
import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of power loses the last seconds of a store that answers before it syncs, and no older
 * mail: not what a compaction was moving either.
 */
class LaxPowerLossTest {

    private static final int MESSAGES = 30;
    private static final int OCTETS = 5000;

    @TempDir Path dir;

    @BeforeAll
    static void straceIsThere() {
        Strace.require();
    }

    @Test
    void whatACompactionMovesIsDurableBeforeItIsRemoved() throws Exception {
        Path home = dir.resolve("store");
        UidSet left = fill(home);
        var disk = new DiskImage(home);
        disk.adopt();
        int removed = 0;
        for (var moment : Moment.all(trace(home))) {
            moment.pass(disk);
            Call call = moment.call();
            if (moment.begins() || !call.path().endsWith("/segments")) continue;
            Path image = dir.resolve("at" + moment.place());
            disk.synced(image);
            check(image, left);
            removed++;
        }
        assertTrue(removed > 2, "segments were removed");
    }

    /** Old mail, of which most is expunged. */
    private static UidSet fill(Path home) throws Exception {
        try (var store = RocksMailStore.open(home, LaxProcess.settings())) {
            MailboxId inbox = Mails.account(store, "ann@example.org");
            List<Delivery> mails = new ArrayList<>();
            for (int seed = 1; seed <= MESSAGES; seed++) {
                var body = BlobSource.Bytes.of(Mails.body(seed, OCTETS));
                var flags = seed % 5 == 0 ? Flags.NONE : Flags.DELETED;
                mails.add(new Delivery(DeliveryId.random(), body, flags, Instant.EPOCH));
            }
            store.append(inbox, mails);
            store.expunge(inbox, UidSet.ALL);
            return store.index(inbox).existing(UidSet.ALL);
        }
    }

    private List<Call> trace(Path home) throws Exception {
        Path log = dir.resolve("strace.log");
        var process = LaxProcess.start(home, Moment.strace(log));
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return SyscallLog.read(log);
    }

    private static void check(Path image, UidSet left) throws Exception {
        try (var store = RocksMailStore.open(image, LaxProcess.settings())) {
            var messages = Mails.all(store, Mails.inbox(store, "ann@example.org"));
            assertEquals(left.count(), messages.size());
            for (var message : messages) {
                assertArrayEquals(Mails.body(message.uid(), OCTETS), Mails.read(store, message));
            }
        }
    }
}
