package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** COPY and MOVE (RFC 9051 §6.4.7, §6.4.8; RFC 4315). */
interface CopyRules extends StoreUnderTest {

    @Test
    default void copiesKeepFlagsAndDates() throws Exception {
        append(mailbox("Archive"), "before");
        long one = append(inbox(), "one", Flag.SEEN, Flag.DELETED).uid();
        append(inbox(), "two");
        long three = append(inbox(), "three").uid();
        var before = store().state(inbox());
        MailboxId archive = mailbox("Archive");
        var done = store().copy(inbox(), UidSet.of(one, three, 1000), archive, false);
        assertEquals(List.of(one, three), done.from());
        assertEquals(store().state(archive).uidValidity(), done.uidValidity());
        assertEquals(0, done.vanishedModSeq());
        assertEquals(before, store().state(inbox()));
        assertEquals(store().state(archive).highestModSeq(), done.modSeq());
        assertEquals(List.of("before", "one", "three"), texts(archive));
        var copy = message(archive, done.to().getFirst());
        assertEquals("one", text(copy));
        assertEquals(Flags.of(Flag.SEEN, Flag.DELETED), copy.flags());
        assertEquals(DATE, copy.internalDate());
        assertEquals("three", text(message(archive, done.to().getLast())));
        assertEquals(2, store().state(archive).unseen());
    }

    @Test
    default void movedMessagesVanish() throws Exception {
        long one = append(inbox(), "one", Flag.FLAGGED).uid();
        append(inbox(), "two");
        long before = store().state(inbox()).highestModSeq();
        var done = store().copy(inbox(), UidSet.of(one), mailbox("Trash"), true);
        assertEquals(List.of("two"), texts(inbox()));
        assertEquals(List.of("one"), texts(mailbox("Trash")));
        assertEquals(Flags.of(Flag.FLAGGED), messages(mailbox("Trash")).getFirst().flags());
        assertTrue(done.vanishedModSeq() > before);
        assertEquals(done.vanishedModSeq(), store().state(inbox()).highestModSeq());
        assertEquals(1, store().state(inbox()).messages());
    }

    @Test
    default void aBodyLivesAsLongAsOneCopy() throws Exception {
        append(inbox(), "one", Flag.DELETED);
        store().copy(inbox(), UidSet.ALL, mailbox("Archive"), false);
        store().copy(inbox(), UidSet.ALL, mailbox("Trash"), true);
        store().expunge(mailbox("Trash"), UidSet.ALL);
        reopen();
        assertEquals(List.of("one"), texts(mailbox("Archive")));
    }

    @Test
    default void aCopyInTheSameMailboxIsANewMessage() throws Exception {
        long one = append(inbox(), "one").uid();
        var copied = store().copy(inbox(), UidSet.ALL, inbox(), false);
        assertTrue(copied.to().getFirst() > one);
        assertEquals(List.of("one", "one"), texts(inbox()));
        var moved = store().copy(inbox(), UidSet.of(one), inbox(), true);
        assertTrue(moved.to().getFirst() > copied.to().getFirst());
        assertEquals(List.of("one", "one"), texts(inbox()));
        assertEquals(List.of(), messages(inbox(), UidSet.of(one)));
    }

    @Test
    default void nothingToCopyChangesNothing() {
        append(inbox(), "one");
        var before = store().state(inbox());
        var done = store().copy(inbox(), UidSet.of(1000), mailbox("Trash"), true);
        assertEquals(List.of(), done.from());
        assertEquals(List.of(), done.to());
        assertEquals(before, store().state(inbox()));
        assertEquals(0, store().state(mailbox("Trash")).messages());
    }

    @Test
    default void copyNeedsBothMailboxes() {
        append(inbox(), "one");
        var nowhere = new MailboxId(ann().id(), inbox().number() + 1000);
        refused(Reason.MISSING, () -> store().copy(inbox(), UidSet.ALL, nowhere, true));
        refused(Reason.MISSING, () -> store().copy(nowhere, UidSet.ALL, inbox(), false));
        assertEquals(1, store().state(inbox()).messages());
    }
}
