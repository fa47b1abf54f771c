package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.UidSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account's table of threads holds those of its messages, not of all that ever came. */
class ForgottenThreadsTest {

    @TempDir Path dir;
    private final Steps steps = new Steps();
    private RocksMailStore store;
    private MailboxId inbox;
    private int serial;

    @BeforeEach
    void open() {
        store = RocksMailStore.open(dir.resolve("store"), StoreSettings.small(), steps);
        inbox = Mails.account(store, "ann@example.org");
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        assertEquals(List.of(), CheckTest.check(dir.resolve("store")));
    }

    private Delivery mail(String id, String fields) {
        String text = "Message-ID: <" + id + "@x>\r\n" + fields + "\r\n\r\nHello.\r\n";
        var body = BlobSource.Bytes.of(text.getBytes(US_ASCII));
        return new Delivery(DeliveryId.random(), body, Flags.DELETED, Instant.EPOCH);
    }

    private ThreadId deliver(MailboxId mailbox, String id, String fields) {
        store.append(mailbox, List.of(mail(id, fields)));
        return Mails.all(store, mailbox).getLast().threadId();
    }

    private void deliver(int count) {
        List<Delivery> mails = new ArrayList<>();
        for (int i = 0; i < count; i++, serial++) {
            mails.add(mail("m" + serial, "Subject: about " + serial));
        }
        store.append(inbox, mails);
    }

    private long entries() {
        store.close();
        long[] count = {0};
        try (var home = Home.enter(dir.resolve("store"));
                var engine = Engine.open(home, StoreSettings.small())) {
            engine.read(
                    reads -> {
                        reads.scan(Keys.prefix(Keys.THREAD), (_, _) -> ++count[0] > 0);
                        return count;
                    });
        }
        store = RocksMailStore.open(dir.resolve("store"), StoreSettings.small(), steps);
        return count[0];
    }

    @Test
    void mailThatComesAndGoesLeavesNoTrace() {
        for (int round = 0; round < 8; round++) {
            deliver(500);
            store.expunge(inbox, UidSet.ALL);
        }
        deliver(10);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> entries() <= 2 * (10 + 1000));
        store.compact(_ -> {});
        assertTrue(entries() < 2 * 10 + 200, "what is not worth it by itself goes when asked to");
    }

    @Test
    void aDeletedMailboxTakesItsThreadsAlong() {
        store.alter(inbox.account(), new MailboxChange.Create("Old"));
        var old = store.find(inbox.account(), "Old").orElseThrow().id();
        ThreadId before = deliver(old, "a", "Subject: tea");
        store.alter(inbox.account(), new MailboxChange.Delete("Old"));
        store.compact(_ -> {});
        assertNotEquals(before, deliver(inbox, "b", "In-Reply-To: <a@x>"));
    }

    @Test
    void aThreadStaysAsLongAsAnyOfItsMessages() {
        ThreadId thread = deliver(inbox, "a", "Subject: tea");
        var sent = store.find(inbox.account(), "Sent").orElseThrow().id();
        assertEquals(thread, deliver(sent, "b", "In-Reply-To: <a@x>"));
        store.expunge(inbox, UidSet.ALL);
        store.compact(_ -> {});
        assertEquals(thread, deliver(inbox, "c", "In-Reply-To: <a@x>"));
        assertEquals(thread, deliver(inbox, "d", "Subject: Re: tea"));
        store.expunge(inbox, UidSet.ALL);
        store.expunge(sent, UidSet.ALL);
        store.compact(_ -> {});
        assertNotEquals(thread, deliver(inbox, "e", "In-Reply-To: <a@x>"));
    }

    /** An answer that comes in between keeps all by which others find the thread. */
    @Test
    void anAnswerThatComesMeanwhileKeepsItsThread() {
        ThreadId thread = deliver(inbox, "a", "Subject: tea");
        store.expunge(inbox, UidSet.ALL);
        ThreadId[] answer = {thread};
        steps.at(1, () -> answer[0] = deliver(inbox, "b", "In-Reply-To: <a@x>"));
        store.compact(_ -> {});
        assertEquals(1, store.state(inbox).messages(), "it came meanwhile");
        assertEquals(answer[0], deliver(inbox, "c", "In-Reply-To: <a@x>"), "an answer to a");
        assertEquals(answer[0], deliver(inbox, "d", "In-Reply-To: <b@x>"), "an answer to b");
    }
}
