package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RENAME (RFC 9051 §6.3.6). */
interface RenameRules extends StoreUnderTest {

    default Mailbox rename(String from, String to) {
        return store().alter(ann().id(), new MailboxChange.Rename(from, to));
    }

    @Test
    default void renamingTakesEverythingBelowAlong() throws Exception {
        MailboxId top = create("a");
        MailboxId below = create("a/b/c");
        create("ab");
        append(below, "text", Flag.SEEN);
        var state = store().state(below);
        assertEquals("x/y", rename("a", "x/y").name());
        assertEquals(top, mailbox("x/y"));
        assertEquals(below, mailbox("x/y/b/c"));
        assertEquals(state, store().state(below));
        assertEquals(List.of("text"), texts(below));
        assertTrue(listed("x").orElseThrow().exists());
        assertTrue(listed("ab").isPresent());
        assertEquals(Optional.empty(), listed("a"));
        assertEquals(Optional.empty(), listed("a/b"));
    }

    @Test
    default void aNameThatOnlyHasMailboxesBelowCanBeRenamed() {
        create("p/c");
        store().alter(ann().id(), new MailboxChange.Delete("p"));
        assertFalse(rename("p", "q").exists());
        assertTrue(listed("q/c").orElseThrow().exists());
        assertEquals(Optional.empty(), listed("p"));
    }

    @Test
    default void aRenameThatCannotBeIsRefusedWhole() {
        create("a/" + "n".repeat(500));
        create("b/c");
        create("parent/child");
        store().alter(ann().id(), new MailboxChange.Delete("parent"));
        var before = store().list(ann().id());
        refused(Reason.MISSING, () -> rename("nothing", "x"));
        refused(Reason.EXISTS, () -> rename("a", "b"));
        refused(Reason.EXISTS, () -> rename("a", "a"));
        refused(Reason.EXISTS, () -> rename("a", "inbox"));
        refused(Reason.EXISTS, () -> rename("a", "parent"));
        refused(Reason.REFUSED, () -> rename("b", "b/c/d"));
        refused(Reason.REFUSED, () -> rename("a", "x/" + "y".repeat(20))); // too long below
        assertEquals(before, store().list(ann().id()));
    }

    @Test
    default void renamingKeepsUseAndLeavesSubscriptions() {
        rename("Sent", "Gesendet");
        assertTrue(listed("Gesendet").orElseThrow().use().isPresent());
        assertFalse(listed("Gesendet").orElseThrow().subscribed());
        assertTrue(listed("Sent").orElseThrow().subscribed());
        assertFalse(listed("Sent").orElseThrow().exists());
    }

    @Test
    default void renamingInboxMovesItsMessages() throws Exception {
        create("INBOX/sub");
        append(inbox(), "one", Flag.SEEN);
        append(inbox(), "two");
        MailboxId inbox = inbox();
        var before = store().state(inbox);
        MailboxId moved = rename("inbox", "old/mail").id();
        assertEquals(inbox, inbox());
        assertEquals(0, store().state(inbox).messages());
        assertEquals(before.uidValidity(), store().state(inbox).uidValidity());
        assertEquals(before.uidNext(), store().state(inbox).uidNext());
        assertTrue(store().state(inbox).highestModSeq() > before.highestModSeq());
        assertTrue(listed("INBOX/sub").isPresent());
        assertEquals(moved, mailbox("old/mail"));
        assertEquals(List.of("one", "two"), texts(moved));
        assertEquals(Flags.SEEN, messages(moved).getFirst().flags());
        assertEquals(DATE, messages(moved).getFirst().internalDate());
        assertEquals(before.uidNext(), append(inbox, "three").uid());
    }
}
