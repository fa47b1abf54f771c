package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A client of QRESYNC that loses its connection again and again, while others append, flag and
 * expunge: what it remembers as RFC 7162 §6 tells it to, is the mailbox when it has come back.
 */
class ResyncTest {

    private static final Pattern FETCH =
            Pattern.compile(
                    "\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\((.*?)\\) MODSEQ \\((\\d+)\\)\\)");
    private static final Pattern VANISHED =
            Pattern.compile("\\* VANISHED (?:\\(EARLIER\\) )?([\\d:,]+)");
    private static final Pattern HIGHEST = Pattern.compile(".* OK \\[HIGHESTMODSEQ (\\d+)].*");
    private static final Pattern VALIDITY = Pattern.compile(".*\\[UIDVALIDITY (\\d+)].*");

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private final Elsewhere others = new Elsewhere(store, inbox);
    private final TreeMap<Long, String> known = new TreeMap<>();
    private String validity = "";
    private long modSeq;
    private long seen; // all UIDs up to here were asked for
    private boolean arrivals;

    @Test
    void missesNothing() throws Exception {
        others.append(30);
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        try (var server = ImapsServer.start(0, tls, store)) {
            var others = Thread.ofPlatform().start(this::others);
            var random = new Random(7162);
            while (others.isAlive()) session(server.port(), random, 1 + random.nextInt(20));
            others.join();
            session(server.port(), random, 0);
        }
        var now = store.index(inbox);
        var truth = new TreeMap<Long, String>();
        for (int i = 0; i < now.size(); i++) truth.put(now.uid(i), now.flags(i).toString());
        assertEquals(truth, known);
        assertTrue(now.state().uidNext() > 100, "the others were busy");
    }

    /** Comes back, does something, and loses the connection. */
    private void session(int port, Random random, int commands) throws IOException {
        try (var client = new TestClient(port).loggedIn()) {
            ask(client, "ENABLE QRESYNC");
            boolean first = validity.isEmpty();
            ask(client, "SELECT INBOX" + (first ? "" : " (QRESYNC (" + memory() + "))"));
            askForNew(client);
            for (int i = 0; i < commands; i++) {
                ask(client, something(random));
                if (arrivals && random.nextBoolean()) askForNew(client);
            }
            if (commands > 0) expungeAndStore(client, random);
            client.cut();
        }
    }

    /** The last that it hears is a MODSEQ above that of an expunge which must wait. */
    private void expungeAndStore(TestClient client, Random random) throws IOException {
        var now = store.index(inbox);
        others.change(now.uid(now.size() / 2), Flags.DELETED);
        store.expunge(inbox, UidSet.ALL);
        ask(client, "STORE 1 FLAGS ($K" + random.nextInt(20) + ")");
    }

    private String memory() {
        return validity + " " + modSeq + (seen == 0 ? "" : " 1:" + seen);
    }

    private void askForNew(TestClient client) throws IOException {
        arrivals = false;
        ask(client, "UID FETCH " + (seen + 1) + ":* (FLAGS MODSEQ)");
        if (!known.isEmpty()) seen = Math.max(seen, known.lastKey());
    }

    private String something(Random random) {
        long uid = known.isEmpty() ? 1 : known.firstKey();
        return switch (random.nextInt(5)) {
            case 0 -> "UID STORE " + uid + " +FLAGS (\\Answered)";
            case 1 -> "FETCH 1 (UID FLAGS MODSEQ)";
            case 2 -> "FETCH 1:2 (UID RFC822.SIZE)";
            case 3 -> "UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + modSeq + " VANISHED)";
            default -> "NOOP";
        };
    }

    /** RFC 7162 §6: what a HIGHESTMODSEQ says holds, otherwise the highest MODSEQ that was told. */
    private void ask(TestClient client, String command) throws IOException {
        long highest = modSeq;
        long said = 0;
        for (String line : client.ask("t " + command)) {
            // A number beyond the last can be asked for while others expunge.
            boolean numbered = command.startsWith("FETCH") || command.startsWith("STORE");
            assertTrue(numbered || !line.startsWith("t BAD"), line);
            Matcher fetch = FETCH.matcher(line);
            if (fetch.matches()) {
                known.put(Long.valueOf(fetch.group(1)), flags(fetch.group(2)));
                highest = Math.max(highest, Long.parseLong(fetch.group(3)));
            }
            arrivals |= line.endsWith(" EXISTS");
            Matcher gone = VANISHED.matcher(line);
            if (gone.matches()) forget(gone.group(1));
            Matcher told = HIGHEST.matcher(line);
            if (told.matches()) said = Long.parseLong(told.group(1));
            Matcher valid = VALIDITY.matcher(line);
            if (valid.matches()) validity = valid.group(1);
        }
        modSeq = said > 0 ? said : highest;
    }

    private static String flags(String words) {
        return List.of(words.replace(" \\Recent", "").replace("\\Recent", "").split(" ")).stream()
                .filter(word -> !word.isEmpty())
                .toList()
                .toString();
    }

    private void forget(String uids) {
        for (String range : uids.split(",")) {
            String[] ends = range.split(":");
            known.subMap(Long.valueOf(ends[0]), true, Long.valueOf(ends[ends.length - 1]), true)
                    .clear();
        }
    }

    private void others() {
        var random = new Random(42);
        for (int i = 0; i < 800; i++) {
            var now = store.index(inbox);
            switch (now.size() < 5 ? 0 : random.nextInt(4)) {
                case 0 -> others.append(1 + random.nextInt(2));
                case 1 -> others.change(now.uid(random.nextInt(now.size())), Flags.DELETED);
                case 2 ->
                        others.change(now.uid(random.nextInt(now.size())), Flags.of(Flag.FLAGGED));
                default -> store.expunge(inbox, UidSet.ALL);
            }
        }
    }
}
