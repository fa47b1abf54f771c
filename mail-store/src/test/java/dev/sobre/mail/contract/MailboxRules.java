package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mailboxes are created, deleted and subscribed to by names that follow the rules. */
interface MailboxRules extends StoreUnderTest {

    static List<String> badNames() { // lesson 6
        return List.of(
                "",
                "/",
                "/etc",
                "a/",
                "a//b",
                "..",
                "../x",
                "a/../b",
                "a/./b",
                "a\0b",
                "a\nb",
                "a\u007fb",
                "a\u0085b",
                "a%",
                "a*",
                "a\\b",
                "a\u2028b",
                "a\u2029b",
                "a\ud800",
                "x".repeat(513),
                "d/".repeat(32) + "d");
    }

    @ParameterizedTest
    @MethodSource("badNames")
    default void aBadNameIsRefused(String name) {
        var before = store().list(ann().id());
        for (var change :
                List.of(
                        new MailboxChange.Create(name),
                        new MailboxChange.Subscribe(name),
                        new MailboxChange.Rename("Junk", name))) {
            refused(Reason.REFUSED, () -> store().alter(ann().id(), change));
        }
        for (var change :
                List.of(new MailboxChange.Delete(name), new MailboxChange.Rename(name, "x"))) {
            refused(Reason.MISSING, () -> store().alter(ann().id(), change));
        }
        assertEquals(before, store().list(ann().id()));
        assertEquals(Optional.empty(), store().find(ann().id(), name));
    }

    @Test
    default void anyOtherNameIsKeptAsItIs() {
        for (String name : List.of("a b", "Entwürfe", "&AOQ-", "😀", "a.b", "x".repeat(512))) {
            var made = store().alter(ann().id(), new MailboxChange.Create(name));
            assertEquals(name, made.name());
            assertEquals(Optional.of(made), listed(name));
        }
        create("case");
        assertNotEquals(mailbox("case"), create("Case"));
    }

    /** However a client composes its letters: RFC 9051 §5.1, Net-Unicode (RFC 5198). */
    @Test
    default void namesAreTheSameInEveryForm() {
        MailboxId one = create("Entwu\u0308rfe/\u212b"); // decomposed; the ANGSTROM SIGN
        assertEquals("Entw\u00fcrfe/\u00c5", listed("Entw\u00fcrfe/\u00c5").orElseThrow().name());
        assertEquals(one, mailbox("Entw\u00fcrfe/A\u030a"));
        refused(Reason.EXISTS, () -> create("Entw\u00fcrfe/\u00c5"));
        store().alter(ann().id(), new MailboxChange.Subscribe("A\u030a"));
        assertTrue(listed("\u00c5").orElseThrow().subscribed());
        store().alter(ann().id(), new MailboxChange.Rename("Entwu\u0308rfe", "o\u0308"));
        assertEquals(one, mailbox("\u00f6/\u00c5"));
        store().alter(ann().id(), new MailboxChange.Delete("o\u0308/\u212b"));
        assertEquals(Optional.empty(), listed("\u00f6/\u00c5"));
    }

    @Test
    default void aMailboxHasOneIdForEver() { // RFC 8474 §4
        MailboxId made = create("a");
        assertTrue(made.text().matches("F[0-9a-f]{1,16}"));
        store().alter(ann().id(), new MailboxChange.Rename("a", "b"));
        assertEquals(made.text(), mailbox("b").text());
        store().alter(ann().id(), new MailboxChange.Delete("b"));
        assertNotEquals(made.text(), create("b").text());
    }

    /** RFC 9051 §2.3.1.1: also over deletion, the end of an account, and another store's start. */
    @Test
    default void uidValidityAndIdsNeverRepeat() throws Exception {
        Set<Long> validities = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            create("a");
            for (var mailbox : store().list(ann().id())) {
                boolean known = mailbox.name().equals("a") || i == 0 || i == 3;
                if (!known) continue;
                assertTrue(validities.add(store().state(mailbox.id()).uidValidity()));
                assertTrue(ids.add(mailbox.id().text()));
            }
            store().alter(ann().id(), new MailboxChange.Delete("a"));
            reopen();
            if (i == 2) store().accounts().remove(ann().id());
        }
        // A store that is made or restored later starts above what this one gave out by then.
        long now = Instant.now().getEpochSecond();
        assertTrue(validities.stream().allMatch(v -> v > now - 100));
        assertTrue(
                ids.stream()
                        .allMatch(id -> Long.parseLong(id, 1, id.length(), 16) >> 16 > now - 100));
    }

    @Test
    default void inboxIsOneInAnyLetterCase() {
        assertEquals(inbox(), mailbox("iNbOx"));
        refused(Reason.EXISTS, () -> create("inbox"));
        create("inbox/sub");
        assertTrue(listed("INBOX/sub").isPresent());
        assertEquals(Optional.empty(), listed("inbox/sub"));
    }

    @Test
    default void creatingMakesParentsToo() {
        create("a/b/c");
        for (String name : List.of("a", "a/b", "a/b/c")) {
            assertTrue(listed(name).orElseThrow().exists(), name);
        }
        refused(Reason.EXISTS, () -> create("a/b"));
        assertFalse(listed("a").orElseThrow().subscribed());
    }

    @Test
    default void specialUseIsKept() { // RFC 6154 §3
        var create = new MailboxChange.Create("All", Optional.of(SpecialUse.ALL));
        assertEquals(Optional.of(SpecialUse.ALL), store().alter(ann().id(), create).use());
        assertEquals(Optional.of(SpecialUse.ALL), listed("All").orElseThrow().use());
    }

    @Test
    default void mailboxesAreListedByName() {
        create("b");
        create("a/x");
        store().alter(ann().id(), new MailboxChange.Subscribe("a!"));
        var names = store().list(ann().id()).stream().map(Mailbox::name).toList();
        assertEquals(names.stream().sorted().toList(), names);
        assertEquals(10, names.size());
    }

    @Test
    default void aDeletedMailboxIsGoneWithItsMessages() {
        MailboxId gone = create("a");
        append(gone, "text");
        var last = store().alter(ann().id(), new MailboxChange.Delete("a"));
        assertEquals("a", last.name());
        assertEquals(gone, last.id());
        assertEquals(Optional.empty(), listed("a"));
        refused(Reason.MISSING, () -> store().state(gone));
        refused(Reason.MISSING, () -> append(gone, "text"));
        refused(Reason.MISSING, () -> store().alter(ann().id(), new MailboxChange.Delete("a")));
    }

    @Test
    default void aNameUsedAgainIsAnotherMailbox() { // RFC 9051 §2.3.1.1
        MailboxId first = create("a");
        long validity = store().state(first).uidValidity();
        append(first, "text");
        store().alter(ann().id(), new MailboxChange.Delete("a"));
        MailboxId second = create("a");
        assertNotEquals(first, second);
        assertEquals(0, store().state(second).messages());
        assertTrue(store().state(second).uidValidity() > validity);
    }

    @Test
    default void inboxCannotBeDeleted() {
        refused(Reason.REFUSED, () -> store().alter(ann().id(), new MailboxChange.Delete("Inbox")));
    }

    @Test
    default void aDeletedParentIsKeptAsAName() { // RFC 9051 §6.3.5
        MailboxId parent = create("p");
        create("p/c");
        store().alter(ann().id(), new MailboxChange.Delete("p"));
        var name = listed("p").orElseThrow();
        assertFalse(name.exists());
        assertEquals(0, name.id().number());
        assertEquals(Optional.empty(), store().find(ann().id(), "p"));
        refused(Reason.MISSING, () -> store().state(parent));
        refused(Reason.REFUSED, () -> store().alter(ann().id(), new MailboxChange.Delete("p")));
        assertNotEquals(parent, create("p"));
        store().alter(ann().id(), new MailboxChange.Delete("p"));
        store().alter(ann().id(), new MailboxChange.Delete("p/c"));
        assertEquals(Optional.empty(), listed("p"));
    }

    @Test
    default void subscriptionsAreOfNames() { // RFC 9051 §6.3.7
        var named = store().alter(ann().id(), new MailboxChange.Subscribe("later"));
        assertFalse(named.exists());
        assertTrue(named.subscribed());
        assertEquals(Optional.of(named), listed("later"));
        create("later");
        assertTrue(listed("later").orElseThrow().subscribed());
        store().alter(ann().id(), new MailboxChange.Delete("later"));
        assertTrue(listed("later").orElseThrow().subscribed());
        store().alter(ann().id(), new MailboxChange.Unsubscribe("later"));
        assertEquals(Optional.empty(), listed("later"));
        store().alter(ann().id(), new MailboxChange.Unsubscribe("later"));
        store().alter(ann().id(), new MailboxChange.Unsubscribe("inbox"));
        assertFalse(listed("INBOX").orElseThrow().subscribed());
    }

    @Test
    default void accountsDoNotShareMailboxes() {
        var bob = account("bob@example.org");
        create("mine");
        assertEquals(Optional.empty(), store().find(bob.id(), "mine"));
        assertNotEquals(inbox(), store().find(bob.id(), "INBOX").orElseThrow().id());
    }
}
