package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that sends again because our answer did not reach it makes no double. */
class RepeatTest {

    private static final String ID = "Message-ID: <1@client.example>\r\n";

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("bob@example.org", "hidden");
    private final SmtpSettings settings = SmtpSettings.onLoopback(0).withOnward(Onward.standard());
    private SmtpsServer server = Served.over(store, settings);

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void theSameMailComesOnce() throws IOException {
        send("", ID, "ann@example.org", "eve@far.example");
        send("", ID, "ann@example.org", "eve@far.example");
        assertEquals(1, mails("ann@example.org"));
        assertEquals(1, store.spool().size());
    }

    @Test
    void whoDidNotGetItYetGetsIt() throws IOException {
        send("", ID, "ann@example.org");
        send("", ID, "ann@example.org", "bob@example.org"); // as a blind copy might come
        send("", ID, "bob@example.org", "eve@far.example");
        assertEquals(1, mails("ann@example.org"));
        assertEquals(1, mails("bob@example.org"));
        assertEquals(1, store.spool().size());
    }

    @Test // a mailbox and its alias are two recipients, also where their mail has the same octets
    void anAliasIsAnotherRecipient() throws IOException {
        alias("ann@example.org", "sales@example.org");
        send("", ID, "ann@example.org");
        send("", ID, "sales@example.org");
        send("", ID, "ann+shop@example.org");
        assertEquals(3, mails("ann@example.org"));
        send("", ID, "Sales@Example.org");
        send("", ID, "ANN@example.org", "sales@example.org");
        assertEquals(3, mails("ann@example.org"));
    }

    @Test
    void aMailboxNamedTwiceInOneMailGetsItOnce() throws IOException {
        alias("ann@example.org", "sales@example.org");
        send("", ID, "ann@example.org", "sales@example.org");
        send("", ID, "ann@example.org", "sales@example.org");
        send("", ID, "sales@example.org");
        assertEquals(1, mails("ann@example.org"));
    }

    private void alias(String user, String alias) {
        var more = new AccountChange.AddAddress(alias);
        store.accounts().change(store.account(user).id(), List.of(more));
    }

    @Test
    void whatDiffersIsAnotherMail() throws IOException {
        send("", ID, "ann@example.org");
        send("", ID + "Subject: x\r\n", "ann@example.org");
        send("", ID + "Bcc: bob@example.org\r\n", "ann@example.org"); // not passed on, but sent
        send(" BODY=8BITMIME", ID, "ann@example.org");
        assertEquals(4, mails("ann@example.org"));
    }

    @Test
    void withoutAnIdTwoEqualMailsAreTwo() throws IOException {
        send("", "Subject: disk full\r\n", "ann@example.org");
        send("", "Subject: disk full\r\n", "ann@example.org");
        assertEquals(2, mails("ann@example.org"));
        send("", "Message-ID: \r\n", "ann@example.org");
        send("", "Message-ID: \r\n", "ann@example.org");
        assertEquals(4, mails("ann@example.org"));
    }

    @Test
    void itCanBeSwitchedOff() throws IOException {
        server.close();
        var off = settings.withHandling(settings.handling().withRepeats(Duration.ZERO));
        server = Served.over(store, off);
        send("", ID, "ann@example.org");
        send("", ID, "ann@example.org");
        assertEquals(2, mails("ann@example.org"));
    }

    private void send(String parameters, String header, String... recipients) throws IOException {
        try (var client = Served.login(server)) {
            client.play("C: MAIL FROM:<ann@example.org>" + parameters + "\nS: 250 ...");
            for (String to : recipients) client.play("C: RCPT TO:<" + to + ">\nS: 250 ...");
            client.play("C: DATA\nS: 354 ...");
            client.send(header + "\r\ntext\r\n.\r\n");
            client.expect("250 2.0.0 OK, ...");
        }
    }

    private long mails(String user) {
        var inbox = store.find(store.account(user).id(), Mailbox.INBOX).orElseThrow();
        return store.state(inbox.id()).messages();
    }
}
