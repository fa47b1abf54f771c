package dev.sobre.imap;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Clients of every kind in one mailbox that believe every word they are told, while they and others
 * append, flag and expunge: whatever sequence number they use means the message they think, and at
 * the end each knows the whole mailbox. LESSONS 25: one that enabled UIDONLY among them.
 */
class SequenceNumbersTest {

    private static final int COMMANDS = 120;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private final Elsewhere others = new Elsewhere(store, inbox);

    @Test
    void meanTheSameOnBothSides() throws Exception {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        others.append(40);
        var believers = new ArrayList<Believer>();
        try (var server = ImapsServer.start(0, tls, store);
                var threads = Executors.newCachedThreadPool()) {
            for (var kind : Believer.Kind.values()) {
                believers.add(new Believer(kind, server.port()));
                believers.add(new Believer(kind, server.port()));
            }
            var others = threads.submit(this::others);
            try {
                var busy = new ArrayList<Future<?>>();
                for (var each : believers) busy.add(threads.submit(commands(each, busy.size())));
                for (var each : busy) each.get(2, MINUTES);
            } finally {
                others.cancel(true);
                threads.shutdown();
                threads.awaitTermination(1, MINUTES);
            }
            for (var each : believers) each.assertKnows(store.index(inbox));
        } finally {
            for (var each : believers) each.close();
        }
    }

    private static Callable<?> commands(Believer client, int seed) {
        return () -> {
            var random = new Random(seed);
            for (int i = 0; i < COMMANDS; i++) client.something(random);
            return client;
        };
    }

    /** Changes the mailbox about as fast as a client asks. */
    private void others() {
        var random = new Random(42);
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(300));
            var now = store.index(inbox);
            int what = now.size() < 5 ? 0 : now.size() > 100 ? 2 : random.nextInt(3);
            switch (what) {
                case 0 -> others.append(1 + random.nextInt(4));
                case 1 -> others.change(now.uid(random.nextInt(now.size())), Flags.SEEN);
                default -> {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        others.change(now.uid(random.nextInt(now.size())), Flags.DELETED);
                    }
                    if (random.nextBoolean()) store.expunge(inbox, UidSet.ALL);
                }
            }
        }
    }
}
