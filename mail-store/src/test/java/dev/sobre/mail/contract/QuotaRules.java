package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.delivery;
import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static dev.sobre.mail.contract.StoreUnderTest.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Quota;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What an account holds is counted with each change, and never grows beyond its quota. */
interface QuotaRules extends StoreUnderTest {

    private void limit(long octets, long messages) {
        var limit = new AccountChange.Limit(new Quota(octets, messages));
        store().accounts().change(ann().id(), List.of(limit));
    }

    private Usage usage() {
        return store().accounts().usage(ann().id());
    }

    private Submission mail(String text, MailboxId... local) {
        return new Submission(
                DeliveryId.random(), "", source(text), DATE, List.of(local), List.of());
    }

    @Test
    default void everyChangeIsCounted() throws Exception {
        assertEquals(Usage.NONE, usage());
        append(inbox(), "12345");
        store().accept(mail("1234567", inbox(), mailbox("Junk")));
        assertEquals(new Usage(19, 3), usage());
        store().copy(inbox(), UidSet.ALL, mailbox("Archive"), false);
        assertEquals(new Usage(31, 5), usage());
        store().copy(mailbox("Archive"), UidSet.of(1), mailbox("Trash"), true);
        assertEquals(new Usage(31, 5), usage());
        append(inbox(), "123", Flag.DELETED);
        store().expunge(inbox(), UidSet.ALL);
        assertEquals(new Usage(31, 5), usage());
        store().alter(ann().id(), new MailboxChange.Rename(Mailbox.INBOX, "old"));
        assertEquals(new Usage(31, 5), usage());
        reopen();
        store().alter(ann().id(), new MailboxChange.Delete("old"));
        assertEquals(new Usage(19, 3), usage());
        store().accounts().remove(ann().id());
        assertEquals(Usage.NONE, usage());
    }

    @Test
    default void anAppendThatDoesNotFitIsRefused() {
        limit(10, 0);
        append(inbox(), "1234567");
        refused(Reason.OVER_QUOTA, () -> append(inbox(), "1234"));
        var two = List.of(delivery("12"), delivery("34"));
        refused(Reason.OVER_QUOTA, () -> store().append(mailbox("Sent"), two));
        append(mailbox("Sent"), "123");
        assertEquals(new Usage(10, 2), usage());
        refused(Reason.OVER_QUOTA, () -> append(inbox(), "1"));
    }

    @Test
    default void messagesAreLimitedToo() {
        limit(0, 2);
        append(inbox(), "1");
        append(inbox(), "2");
        refused(Reason.OVER_QUOTA, () -> append(inbox(), "3"));
        limit(0, 3);
        append(inbox(), "3");
        assertEquals(3, usage().messages());
    }

    @Test
    default void whatWasDeliveredBeforeTakesNoRoom() {
        limit(5, 0);
        var once = delivery("12345");
        var done = store().append(inbox(), List.of(once));
        assertEquals(done, store().append(inbox(), List.of(once)));
        limit(10, 0);
        var twice = delivery("abcde");
        assertEquals(2, store().append(inbox(), List.of(twice, twice)).size());
        assertEquals(new Usage(10, 2), usage());
    }

    @Test
    default void aMailThatOneHasNoRoomForIsDeliveredToNobody() {
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), Mailbox.INBOX).orElseThrow().id();
        limit(3, 0);
        var mail = mail("1234", bobs, inbox());
        refused(Reason.OVER_QUOTA, () -> store().accept(mail));
        assertEquals(0, store().state(bobs).messages());
        assertEquals(Usage.NONE, store().accounts().usage(bob.id()));
        limit(4, 0);
        var accepted = store().accept(mail);
        assertEquals(accepted, store().accept(mail));
        assertEquals(new Usage(4, 1), usage());
        refused(Reason.OVER_QUOTA, () -> store().accept(mail("1", inbox(), bobs)));
    }

    @Test
    default void copiesCountInFullAndMovesWithinDoNot() {
        limit(10, 0);
        append(inbox(), "123456");
        refused(Reason.OVER_QUOTA, () -> store().copy(inbox(), UidSet.ALL, mailbox("Sent"), false));
        assertEquals(0, store().state(mailbox("Sent")).messages());
        store().copy(inbox(), UidSet.ALL, mailbox("Sent"), true);
        assertEquals(new Usage(6, 1), usage());
        store().copy(mailbox("Sent"), UidSet.of(99), inbox(), false);
        store().alter(ann().id(), new MailboxChange.Rename("Sent", "Old"));
        assertEquals(new Usage(6, 1), usage());
    }

    @Test
    default void aLoweredQuotaKeepsWhatIsThere() {
        append(inbox(), "123456", Flag.DELETED);
        limit(3, 0);
        assertEquals(new Usage(6, 1), usage());
        refused(Reason.OVER_QUOTA, () -> append(inbox(), "1"));
        store().copy(inbox(), UidSet.ALL, mailbox("Junk"), true);
        store().alter(ann().id(), new MailboxChange.Rename(Mailbox.INBOX, "old"));
        store().expunge(mailbox("Junk"), UidSet.ALL);
        append(inbox(), "123");
    }

    /** Commits that share a group see each other's usage. */
    @Test
    default void manyAtOnceNeverTakeMoreThanThereIs() throws Exception {
        limit(100, 0);
        var inbox = inbox();
        int refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tries = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tries.add(threads.submit(() -> append(inbox, "12345")));
                if (i % 3 == 0) tries.add(threads.submit(() -> append(inbox, "x".repeat(101))));
            }
            for (var each : tries) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertEquals(
                            Reason.OVER_QUOTA,
                            assertInstanceOf(StoreException.class, e.getCause()).reason());
                    refused++;
                }
            }
        }
        assertEquals(60, refused);
        assertEquals(new Usage(100, 20), usage());
    }
}
