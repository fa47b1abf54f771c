package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Message;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LESSONS 20: no acknowledged mail is lost, whenever the process is killed. */
class KillTest {

    private static final int ROUNDS = 5;
    private static final int THREADS = 8;

    @TempDir Path dir;

    @Test
    void killedUnderLoadNothingAcknowledgedIsLost() throws Exception {
        var random = new Random();
        Map<DeliveryId, LoadedChild.Ack> acknowledged = new HashMap<>();
        long uidValidity = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int target = 50 + random.nextInt(700);
            for (var ack : runUntilKilled(round, target)) acknowledged.put(ack.id(), ack);
            try (var store = RocksMailStore.open(dir)) {
                var inbox = Mails.inbox(store, "ann@example.org");
                long now = store.state(inbox).uidValidity();
                assertEquals(round == 0 ? now : uidValidity, now, "UIDVALIDITY");
                uidValidity = now;
                verify(store, Mails.all(store, inbox), acknowledged);
                assertEquals(store.index(inbox).size(), store.state(inbox).messages());
            }
        }
        assertTrue(acknowledged.size() >= ROUNDS * 50);
    }

    /** Sends SIGKILL while the child writes, after so many acknowledgements at least. */
    private List<LoadedChild.Ack> runUntilKilled(int round, int target) throws Exception {
        var child = LoadedChild.start(dir, round * 100_000_000L, THREADS, 1_000_000);
        List<LoadedChild.Ack> acks = new ArrayList<>();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            while (line != null) {
                LoadedChild.Ack.parse(line).forEach(acks::add);
                if (acks.size() == target) child.toHandle().destroyForcibly();
                line = out.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(128 + 9, child.exitValue(), "killed, not ended");
        return acks;
    }

    /** Every acknowledged message is there exactly once, byte for byte. */
    private static void verify(
            RocksMailStore store,
            List<Message> messages,
            Map<DeliveryId, LoadedChild.Ack> acknowledged)
            throws Exception {
        Map<Long, byte[]> bodies = new HashMap<>();
        long lastUid = 0;
        for (var message : messages) {
            assertTrue(message.uid() > lastUid, "UIDs ascend and are used once");
            lastUid = message.uid();
            byte[] body = Mails.read(store, message);
            assertNull(bodies.put(Mails.seed(body), body), "a message is there twice");
        }
        for (var ack : acknowledged.values()) {
            assertArrayEquals(ack.body(), bodies.get(ack.seed()), ack::toString);
        }
    }
}
