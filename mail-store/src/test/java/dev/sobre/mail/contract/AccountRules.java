package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.delivery;
import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.Quota;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accounts come, are found, change their passwords and go without a trace. */
interface AccountRules extends StoreUnderTest {

    @Test
    default void aNewAccountHasItsMailboxes() {
        var mailboxes = store().list(ann().id());
        String shown =
                mailboxes.stream()
                        .map(m -> m.name() + m.use().map(u -> u.attribute()).orElse(""))
                        .collect(Collectors.joining(" "));
        assertEquals(
                "Archive\\Archive Drafts\\Drafts INBOX Junk\\Junk Sent\\Sent Trash\\Trash", shown);
        assertTrue(mailboxes.stream().allMatch(m -> m.exists() && m.subscribed()));
        var state = store().state(inbox());
        assertEquals(1, state.uidNext());
        assertEquals(0, state.messages());
        assertTrue(state.highestModSeq() >= 1);
        assertTrue(state.uidValidity() >= 1 && state.uidValidity() <= 0xFFFF_FFFFL);
    }

    @Test
    default void anAccountIsFoundByAnyOfItsAddresses() {
        var accounts = store().accounts();
        Account bob = accounts.create(List.of("Bob@Example.ORG", "b@example.org"), "h", true);
        assertEquals("bob@example.org", bob.address());
        assertTrue(bob.administrator());
        assertEquals(Optional.of(bob), accounts.find("BOB@example.org"));
        assertEquals(Optional.of(bob), accounts.find("B@example.org"));
        assertEquals(Optional.of(bob), accounts.get(bob.id()));
        assertEquals(Optional.empty(), accounts.find("c@example.org"));
        assertEquals(
                List.of("ann@example.org", "bob@example.org"),
                List.of(ann(), bob).stream().map(Account::address).toList());
        assertEquals(List.of(ann(), bob), accounts.list());
    }

    @Test
    default void anAddressHasOneAccount() {
        var accounts = store().accounts();
        accounts.create(List.of("bob@example.org", "b@example.org"), "h", false);
        var taken = List.of("c@example.org", "B@EXAMPLE.org");
        refused(Reason.EXISTS, () -> accounts.create(taken, "h", false));
        assertEquals(Optional.empty(), accounts.find("c@example.org"));
        assertEquals(1, accounts.list().size());
    }

    @Test
    default void whatAnAccountCannotBeIsRefused() {
        var accounts = store().accounts();
        for (String odd : List.of("@example.org", "nobody", "a b@example.org")) {
            refused(Reason.REFUSED, () -> accounts.create(NewAccount.of(odd, "h")));
        }
        var named = new NewAccount(List.of("a@b.c"), "h", "a\nb", false, Quota.NONE);
        refused(Reason.REFUSED, () -> accounts.create(named));
        assertEquals(0, accounts.count());
    }

    @Test
    default void accountsMadeAtOnceAreAllThereAndDistinct() throws Exception {
        int many = 200;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Account>> made = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                var wanted = NewAccount.of("u" + i / 2 + "@example.org", "h");
                made.add(threads.submit(() -> store().accounts().create(wanted)));
            }
            int refused = 0;
            for (var each : made) {
                try {
                    var account = each.get();
                    assertEquals(6, store().list(account.id()).size());
                } catch (ExecutionException e) {
                    assertEquals(
                            Reason.EXISTS,
                            assertInstanceOf(StoreException.class, e.getCause()).reason());
                    refused++;
                }
            }
            assertEquals(many / 2, refused);
        }
        assertEquals(many / 2, store().accounts().count());
        var ids = store().accounts().list().stream().map(Account::id).distinct();
        assertEquals(many / 2, ids.count());
        var mailboxes =
                store().accounts().list().stream()
                        .map(a -> store().find(a.id(), Mailbox.INBOX).orElseThrow().id().number());
        assertEquals(many / 2, mailboxes.distinct().count());
    }

    @Test
    default void aPasswordIsReplacedIfItIsTheExpectedOne() {
        var accounts = store().accounts();
        Account bob = accounts.create(NewAccount.of("bob@example.org", "one"));
        assertFalse(accounts.replacePasswordHash(bob.id(), "two", "three"));
        assertEquals(Optional.of("one"), accounts.passwordHash(bob.id()));
        assertTrue(accounts.replacePasswordHash(bob.id(), "one", "three"));
        assertEquals(Optional.of("three"), accounts.passwordHash(bob.id()));
        accounts.remove(bob.id());
        assertFalse(accounts.replacePasswordHash(bob.id(), "three", "four"));
    }

    @Test
    default void aPasswordCanBeReplaced() {
        var accounts = store().accounts();
        Account bob = accounts.create(List.of("bob@example.org"), "one", false);
        assertEquals(Optional.of("one"), accounts.passwordHash(bob.id()));
        accounts.setPasswordHash(bob.id(), "two");
        assertEquals(Optional.of("two"), accounts.passwordHash(bob.id()));
        var nobody = new AccountId(bob.id().value() + 1000);
        assertEquals(Optional.empty(), accounts.passwordHash(nobody));
        refused(Reason.MISSING, () -> accounts.setPasswordHash(nobody, "x"));
    }

    @Test
    default void aRemovedAccountIsGone() {
        Account gone = ann();
        assertTrue(store().accounts().remove(gone.id()));
        assertFalse(store().accounts().remove(gone.id()));
        assertEquals(Optional.empty(), store().accounts().find(gone.address()));
        assertEquals(Optional.empty(), store().accounts().get(gone.id()));
        assertEquals(Optional.empty(), store().accounts().passwordHash(gone.id()));
        refused(Reason.MISSING, () -> store().list(gone.id()));
        var create = new MailboxChange.Create("x");
        refused(Reason.MISSING, () -> store().alter(gone.id(), create));
    }

    /** Lesson 11. */
    @Test
    default void anAccountCreatedAgainShowsNothingOfTheOldOne() throws Exception {
        Account old = ann();
        var oldInbox = inbox();
        var mail = delivery("secret");
        store().append(oldInbox, List.of(mail));
        create("private/letters");
        store().alter(old.id(), new MailboxChange.Subscribe("hobby"));
        long oldValidity = store().state(oldInbox).uidValidity();
        store().accounts().remove(old.id());
        reopen();

        Account again = ann();
        assertNotEquals(old.id(), again.id());
        assertEquals(
                List.of("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"),
                store().list(again.id()).stream().map(Mailbox::name).toList());
        assertEquals(0, store().state(inbox()).messages());
        assertNotEquals(oldInbox, inbox());
        assertNotEquals(oldValidity, store().state(inbox()).uidValidity());
        refused(Reason.MISSING, () -> store().state(oldInbox));
        refused(Reason.MISSING, () -> store().index(oldInbox));
        refused(Reason.MISSING, () -> store().changes(oldInbox, 0));
        refused(Reason.MISSING, () -> store().messages(oldInbox, UidSet.ALL).close());
        // The old mailbox's memory of deliveries is not the new one's.
        store().append(inbox(), List.of(mail));
        assertEquals(List.of("secret"), texts(inbox()));
    }
}
