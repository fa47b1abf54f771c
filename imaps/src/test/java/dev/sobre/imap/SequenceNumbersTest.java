package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A client that believes every word it is told, while others append, flag and expunge: whatever
 * sequence number it uses means the message it thinks, and at the end it knows the whole mailbox.
 */
class SequenceNumbersTest {

    private static final Pattern NEWS =
            Pattern.compile("\\* (\\d+) (EXPUNGE|EXISTS|FETCH)(?: \\((.*)\\))?");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\((.*?)\\)");

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private final List<Long> uids = new ArrayList<>(); // 0 where not asked yet
    private final List<String> flags = new ArrayList<>();

    @Test
    void meanTheSameOnBothSides() throws Exception {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        append(40);
        try (var server = ImapsServer.start(0, tls, store);
                var client = new TestClient(server.port()).loggedIn()) {
            ask(client, "SELECT INBOX");
            var others = Thread.ofPlatform().start(this::others);
            var random = new Random(7);
            while (others.isAlive()) something(client, random);
            others.join();
            ask(client, "NOOP");
            ask(client, "UID FETCH 1:* (FLAGS)");
            var now = store.index(inbox);
            assertEquals(now.size(), uids.size());
            for (int i = 0; i < now.size(); i++) {
                assertEquals(now.uid(i), uids.get(i));
                var words = now.flags(i).words();
                words.add("\\Recent"); // nobody else selects the mailbox
                assertEquals(String.join(" ", words), flags.get(i));
            }
        }
    }

    private void something(TestClient client, Random random) throws IOException {
        int n = uids.isEmpty() ? 0 : 1 + random.nextInt(uids.size());
        String command =
                switch (n == 0 ? 0 : random.nextInt(6)) {
                    case 1 -> "FETCH " + n + " (UID FLAGS)";
                    case 2 -> "STORE " + n + " +FLAGS (\\Answered)";
                    case 3 -> "STORE " + n + " FLAGS.SILENT (\\Flagged)";
                    case 4 -> "UID FETCH 1:* (FLAGS)";
                    case 5 -> "FETCH " + n + " (UID RFC822.SIZE)";
                    default -> "NOOP";
                };
        ask(client, command);
    }

    /** Sends a command and believes what comes back. */
    private void ask(TestClient client, String command) throws IOException {
        boolean sequenceStays = command.startsWith("FETCH") || command.startsWith("STORE");
        if (command.contains("SILENT")) {
            // What a silent STORE does is known before its news come.
            int n = Integer.parseInt(command.split(" ")[1]);
            flags.set(n - 1, "\\Flagged");
        }
        for (String line : client.ask("t " + command)) {
            assertTrue(!line.startsWith("t BAD"), line);
            Matcher news = NEWS.matcher(line);
            if (!news.matches()) continue;
            int number = Integer.parseInt(news.group(1));
            switch (news.group(2)) {
                case "EXISTS" -> exist(number);
                case "EXPUNGE" -> {
                    assertTrue(!sequenceStays, command + " was answered with " + line);
                    uids.remove(number - 1);
                    flags.remove(number - 1);
                }
                default -> learn(number, String.valueOf(news.group(3)));
            }
        }
    }

    private void exist(int number) {
        assertTrue(number >= uids.size());
        while (uids.size() < number) {
            uids.add(0L);
            flags.add("");
        }
    }

    private void learn(int number, String items) {
        var uid = UID.matcher(items);
        if (uid.find()) {
            long told = Long.parseLong(uid.group(1));
            long known = uids.get(number - 1);
            assertTrue(known == 0 || known == told, number + " was " + known + ", now " + told);
            uids.set(number - 1, told);
        }
        var found = FLAGS.matcher(items);
        if (found.find()) flags.set(number - 1, found.group(1));
    }

    private void others() {
        var random = new Random(42);
        for (int i = 0; i < 600; i++) {
            var now = store.index(inbox);
            switch (now.size() < 5 ? 0 : random.nextInt(3)) {
                case 0 -> append(1 + random.nextInt(4));
                case 1 -> change(now.uid(random.nextInt(now.size())), Flags.DELETED);
                default -> {
                    change(now.uid(random.nextInt(now.size())), Flags.SEEN);
                    store.expunge(inbox, UidSet.ALL);
                }
            }
        }
    }

    private void change(long uid, Flags added) {
        var add = new FlagChange(FlagChange.Kind.ADD, added);
        store.store(inbox, UidSet.of(uid), add, Long.MAX_VALUE);
    }

    private void append(int count) {
        byte[] octets = "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            var body = BlobSource.Bytes.of(octets);
            var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.now());
            store.append(inbox, List.of(delivery));
        }
    }
}
