package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store that holds something of each kind, in all kinds of files, to be injured. */
final class DamagedStore {

    static final StoreSettings SETTINGS =
            StoreSettings.small()
                    .withSegmentOctets(50_000)
                    .withWriteBufferOctets(64 << 10)
                    .withCompaction(new StoreSettings.Compaction(100, 1 << 30));

    private DamagedStore() {}

    /** Makes it; some hundred messages in two accounts. */
    static RocksMailStore make(Path dir) throws IOException {
        var store = RocksMailStore.open(dir, SETTINGS);
        MailboxId ann = Mails.account(store, "ann@example.org");
        MailboxId bob = Mails.account(store, "bob@example.org");
        for (int round = 0; round < 10; round++) {
            deliver(store, ann, round * 100, 20);
            deliver(store, bob, round * 100 + 50, 10);
            if (round == 4) expungeSome(store, ann);
        }
        large(store, ann);
        store.accept(mail(ann, bob));
        var work =
                store.alter(ann.account(), new MailboxChange.Create("Work", Optional.empty())).id();
        store.copy(ann, UidSet.of(List.of(1L, 5L, 9L, 150L)), work, false);
        store.copy(bob, UidSet.of(List.of(3L)), work, true);
        var old =
                store.alter(ann.account(), new MailboxChange.Create("Old", Optional.empty())).id();
        store.copy(ann, UidSet.of(List.of(7L, 9L)), old, true);
        store.alter(ann.account(), new MailboxChange.Delete("Old"));
        store.claimRecent(ann, 30);
        store.compact(_ -> {});
        store.compact(_ -> {}); // what the first retired is removed before
        deliver(store, ann, 5000, 5);
        return store;
    }

    private static void deliver(RocksMailStore store, MailboxId inbox, int seed, int count) {
        List<Delivery> some = new ArrayList<>();
        for (int i = 0; i < count; i++) some.add(Mails.delivery(Mails.body(seed + i, 1500)));
        store.append(inbox, some);
    }

    private static void expungeSome(RocksMailStore store, MailboxId inbox) {
        var uids = new ArrayList<Long>();
        for (long uid = 10; uid < 50; uid++) uids.add(uid);
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, UidSet.of(uids), deleted, Long.MAX_VALUE);
        store.expunge(inbox, UidSet.of(uids));
    }

    private static void large(RocksMailStore store, MailboxId inbox) throws IOException {
        try (var sink = store.sink(1 << 20)) {
            sink.write(ByteBuffer.wrap(Mails.body(9000, 200_000)));
            store.append(inbox, List.of(Mails.delivery(sink.finish())));
        }
    }

    private static Submission mail(MailboxId... local) {
        var due = Instant.ofEpochSecond(1_700_000_000);
        return new Submission(
                DeliveryId.random(),
                "ann@example.org",
                BlobSource.Bytes.of(Mails.body(9001, 3000)),
                due,
                List.of(local),
                List.of(
                        new Entry("carl@example.net", "example.net", due, 0, ""),
                        new Entry("dora@example.net", "example.net", due, 0, "")));
    }
}
