package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.DeliveryId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was asked before a commit had its turn is not believed where another came between. */
class ForesightTest {

    private static final int MAILS = 40;
    private static final int BRINGERS = 16;

    @TempDir Path dir;

    @Test
    void whatManyBringAtOnceArrivesOnce() throws Exception {
        var oneByOne = StoreSettings.small().withWork(new StoreSettings.Work(4, 1));
        try (var store = RocksMailStore.open(dir.resolve("store"), oneByOne);
                var bringers = Executors.newVirtualThreadPerTaskExecutor()) {
            var inbox = Mails.account(store, "ann@example.org");
            Set<Long> uids = new HashSet<>();
            for (int i = 0; i < MAILS; i++) {
                var mail = Mails.submission(DeliveryId.random(), Mails.body(i, 1000), inbox);
                List<Future<Accepted>> each = new ArrayList<>();
                for (int b = 0; b < BRINGERS; b++) {
                    each.add(bringers.submit(() -> store.accept(mail)));
                }
                Set<Accepted> answers = new HashSet<>();
                for (var one : each) answers.add(one.get());
                assertEquals(1, answers.size(), "what became of it");
                uids.add(answers.iterator().next().local().getFirst().uid());
            }
            assertEquals(MAILS, uids.size());
            assertEquals(MAILS, store.index(inbox).size());
        }
    }
}
