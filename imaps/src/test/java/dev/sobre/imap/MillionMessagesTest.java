package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One mailbox of a million messages. */
class MillionMessagesTest {

    private static final int MILLION = 1_000_000;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox = mailbox("INBOX");

    private MailboxId mailbox(String name) {
        return store.find(store.account("ann@example.org").id(), name).orElseThrow().id();
    }

    @Test
    @Tag("nightly")
    void isWorkedWithAsAnyOther() throws Exception {
        Thousands.of(MILLION / 1000, store, mailbox("Archive"), inbox);
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        try (var server = ImapsServer.start(0, tls, store);
                var client = new TestClient(server.port()).loggedIn();
                var stale = new TestClient(server.port()).loggedIn()) {
            client.ask("e ENABLE QRESYNC");
            assertEquals("* 1000000 EXISTS", client.ask("1 SELECT INBOX").get(2));
            assertEquals(MILLION + 1, count(client, "2 FETCH 1:* (UID FLAGS)"));
            assertEquals(
                    "* ESEARCH (TAG \"3\") COUNT 1000000",
                    client.ask("3 SEARCH RETURN (COUNT) UNSEEN").getFirst());
            assertEquals(
                    "* ESEARCH (TAG \"4\") COUNT 1000",
                    client.ask("4 SEARCH RETURN (COUNT) 2:1001 SUBJECT \"\"").getFirst());
            assertEquals(1001, count(client, "5 STORE 500001:501000 +FLAGS (\\Flagged)"));
            long known = store.index(inbox).state().highestModSeq();
            change();
            // Of what happened since it went, and no more.
            stale.ask("e ENABLE QRESYNC");
            long validity = store.index(inbox).state().uidValidity();
            var news = stale.ask("6 SELECT INBOX (QRESYNC (" + validity + " " + known + "))");
            assertEquals(
                    1,
                    news.stream().filter(l -> l.startsWith("* VANISHED (EARLIER) 1:1000")).count());
            assertEquals(1000, news.stream().filter(l -> l.contains(" FETCH ")).count());
            assertEquals(1002, count(client, "7 NOOP"));
        }
    }

    private void change() {
        var seen = new FlagChange(FlagChange.Kind.ADD, Flags.SEEN);
        store.store(inbox, UidSet.range(999_001, MILLION), seen, Long.MAX_VALUE);
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        store.store(inbox, UidSet.range(1, 1000), deleted, Long.MAX_VALUE);
        store.expunge(inbox, UidSet.ALL);
    }

    /** How many lines answer a command, without holding them. */
    private static int count(TestClient client, String command) throws IOException {
        client.send(command + "\r\n");
        String tag = command.substring(0, 2);
        int lines = 1;
        while (!client.line().startsWith(tag)) lines++;
        return lines;
    }
}
