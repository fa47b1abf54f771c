package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.MessageIds;
import dev.sobre.mail.Submission;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.UidSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a message is apart from where it lies: RFC 8474, RFC 8514, RFC 8970. */
interface IdentityRules extends StoreUnderTest {

    private Message only(MailboxId mailbox) {
        return messages(mailbox).getLast();
    }

    @Test
    default void copiesHaveTheSameIdentity() { // RFC 8474 §5.1
        var delivery = StoreUnderTest.delivery("Subject: x\r\n\r\nHello.\r\n");
        store().append(inbox(), List.of(delivery));
        Message first = only(inbox());
        assertEquals(EmailId.of(delivery.id()), first.emailId());
        store().copy(inbox(), UidSet.ALL, mailbox("Archive"), false);
        store().copy(inbox(), UidSet.ALL, inbox(), false);
        store().copy(inbox(), UidSet.of(first.uid()), mailbox("Trash"), true);
        for (String name : List.of("Archive", "INBOX", "Trash")) {
            Message copy = only(mailbox(name));
            assertEquals(first.emailId(), copy.emailId());
            assertEquals(first.threadId(), copy.threadId());
            assertEquals(first.preview(), copy.preview());
            assertEquals(first.headers(), copy.headers());
        }
    }

    @Test
    default void otherMessagesHaveOthers() {
        append(inbox(), "Subject: x\r\n\r\n");
        EmailId first = only(inbox()).emailId();
        append(inbox(), "Subject: x\r\n\r\n");
        assertNotEquals(first, only(inbox()).emailId());
        assertTrue(first.text().matches("M[0-9a-f]{32}")); // RFC 8474 §7: objectid
        assertTrue(only(inbox()).threadId().text().matches("T[0-9a-f]{32}"));
    }

    @Test
    default void idsAreThoseOfTheMessages() {
        for (int i = 0; i < 5; i++) append(inbox(), "Subject: re: x\r\n\r\n");
        store().copy(inbox(), UidSet.ALL, mailbox("Archive"), false);
        for (var mailbox : List.of(inbox(), mailbox("Archive"), mailbox("Trash"))) {
            List<MessageIds> all = new ArrayList<>();
            try (var ids = store().ids(mailbox, UidSet.ALL)) {
                for (var next = ids.next(); next.isPresent(); next = ids.next()) {
                    all.add(next.get());
                }
            }
            assertEquals(
                    messages(mailbox).stream()
                            .map(m -> new MessageIds(m.uid(), m.emailId(), m.threadId()))
                            .toList(),
                    all);
        }
    }

    @Test
    default void oneMailToManyIsOneMail() {
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), Mailbox.INBOX).orElseThrow().id();
        accept("Message-ID: <1@x>\r\n\r\n", List.of(inbox(), bobs));
        assertEquals(only(inbox()).emailId(), only(bobs).emailId());
    }

    private void accept(String text, List<MailboxId> local) {
        store().accept(
                        new Submission(
                                DeliveryId.random(),
                                "a@x",
                                StoreUnderTest.source(text),
                                DATE,
                                local,
                                List.of()));
    }

    private ThreadId thread(MailboxId mailbox, String header) {
        append(mailbox, header.replace("~", "\r\n") + "\r\n");
        return only(mailbox).threadId();
    }

    @Test
    default void threadsFollowReferences() { // RFC 8474 §5.2
        ThreadId first = thread(inbox(), "Message-ID: <1@x>~Subject: tea~");
        assertEquals(ThreadId.begunBy(only(inbox()).emailId()), first);
        assertEquals(first, thread(inbox(), "Message-ID: <2@x>~In-Reply-To: <1@x>~Subject: cake~"));
        MailboxId sent = mailbox("Sent");
        assertEquals(first, thread(sent, "Message-ID: <3@x>~References: <0@x> <2@x>~"));
        assertEquals(first, thread(sent, "References: <0@x>~"), "an unknown one was entered too");
        assertNotEquals(first, thread(inbox(), "Message-ID: <4@x>~Subject: tea~"));
        assertEquals(first, thread(inbox(), "Message-ID: <2@x>~Subject: the same again~"));
    }

    @Test
    default void answersThatComeFirstMakeTheThread() {
        ThreadId answer = thread(inbox(), "Message-ID: <2@x>~In-Reply-To: <1@x>~Subject: Re: tea~");
        assertEquals(answer, thread(inbox(), "Message-ID: <1@x>~Subject: tea~"));
        assertEquals(answer, thread(inbox(), "Message-ID: <3@x>~References: <1@x>~"));
    }

    @Test
    default void repliesWithoutReferencesFollowTheSubject() { // RFC 5256 §2.1
        ThreadId tea = thread(inbox(), "Message-ID: <1@x>~Subject: Tea~");
        assertEquals(tea, thread(inbox(), "Message-ID: <2@x>~Subject: RE: [list] tea~"));
        ThreadId again = thread(inbox(), "Message-ID: <3@x>~Subject: tea~");
        assertNotEquals(tea, again);
        assertEquals(again, thread(inbox(), "Subject: Fwd: tea~"), "the newest of that subject");
        assertNotEquals(again, thread(inbox(), "Subject: Re: coffee~"));
        assertNotEquals(thread(inbox(), "Subject: Re:~"), thread(inbox(), "Subject: Re:~"));
    }

    @Test
    default void oneGroupKnowsItsOwn() {
        List<Delivery> many = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String ids = "Message-ID: <g%d@x>\r\nIn-Reply-To: <g%d@x>\r\n\r\n".formatted(i, i - 1);
            many.add(StoreUnderTest.delivery("Subject: x\r\n" + ids));
        }
        store().append(inbox(), many);
        assertEquals(1, messages(inbox()).stream().map(Message::threadId).distinct().count());
    }

    @Test
    default void threadsAreAnAccountsOwn() throws Exception { // lesson 11
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), Mailbox.INBOX).orElseThrow().id();
        ThreadId anns = thread(inbox(), "Message-ID: <1@x>~");
        assertNotEquals(anns, thread(bobs, "References: <1@x>~"));
        store().accounts().remove(ann().id());
        assertNotEquals(anns, thread(inbox(), "References: <1@x>~"));
    }

    @Test
    default void threadsAreStillKnownAfterReopening() throws Exception {
        ThreadId first = thread(inbox(), "Message-ID: <1@x>~Subject: tea~");
        reopen();
        assertEquals(first, thread(inbox(), "Message-ID: <2@x>~In-Reply-To: <1@x>~"));
        assertEquals(first, thread(inbox(), "Subject: re: tea~"));
    }

    @Test
    default void savedDateIsOfThisMailbox() { // RFC 8514 §4
        Instant before = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        append(inbox(), "text");
        Message first = only(inbox());
        assertFalse(first.savedDate().isBefore(before));
        assertEquals(DATE, first.internalDate());
        Awaitility.await()
                .until(() -> Instant.now().getEpochSecond() > first.savedDate().getEpochSecond());
        store().copy(inbox(), UidSet.ALL, mailbox("Archive"), false);
        store().store(
                        inbox(),
                        UidSet.ALL,
                        new FlagChange(FlagChange.Kind.ADD, Flags.SEEN),
                        Long.MAX_VALUE);
        Message copy = only(mailbox("Archive"));
        assertTrue(copy.savedDate().isAfter(first.savedDate()));
        assertEquals(DATE, copy.internalDate());
        assertEquals(first.savedDate(), only(inbox()).savedDate());
        assertEquals(first.savedDate(), store().index(inbox()).savedDate(0));
    }

    @Test
    default void previewAndUsualFieldsAreAtHand() { // RFC 8970
        append(
                inbox(),
                "From: a@x\r\nSubject: tea\r\n at five\r\nReceived: x\r\n\r\nHello,\r\nAnn.\r\n");
        Message message = only(inbox());
        assertEquals("Hello, Ann.", message.preview());
        assertEquals(
                Optional.of("Subject: tea\r\n at five\r\n\r\n"),
                message.header(List.of("SUBJECT", "Cc"))
                        .map(o -> new String(o, StandardCharsets.US_ASCII)));
        assertTrue(message.header(List.of("Received")).isEmpty());
    }

    @Test
    default void anAccountMadeAnewHasNoOldThreads() throws Exception { // lesson 11
        Account old = ann();
        ThreadId before = thread(inbox(), "Message-ID: <1@x>~Subject: tea~");
        store().accounts().remove(old.id());
        reopen();
        assertNotEquals(before, thread(inbox(), "Subject: Re: tea~"));
    }
}
