package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.Changes;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happened since a MODSEQ (RFC 7162), and the hints that something did. */
interface ChangeRules extends StoreUnderTest {

    default Changes.Since since(MailboxId mailbox, long modSeq) {
        return assertInstanceOf(Changes.Since.class, store().changes(mailbox, modSeq));
    }

    @Test
    default void changesTellWhatIsNewChangedAndGone() throws Exception {
        long one = append(inbox(), "one").uid();
        long two = append(inbox(), "two", Flag.DELETED).uid();
        append(inbox(), "three");
        long then = store().state(inbox()).highestModSeq();
        var seen = new FlagChange(FlagChange.Kind.ADD, Flags.SEEN);
        store().store(inbox(), UidSet.of(one), seen, Long.MAX_VALUE);
        store().expunge(inbox(), UidSet.ALL);
        var four = append(inbox(), "four");
        reopen();
        var changes = since(inbox(), then);
        assertEquals(
                List.of(one, four.uid()), changes.updated().stream().map(Updated::uid).toList());
        assertEquals(Flags.SEEN, changes.updated().getFirst().flags());
        assertEquals(four.modSeq(), changes.updated().getLast().modSeq());
        assertEquals(UidSet.of(two), changes.vanished());
        assertEquals(store().state(inbox()), changes.state());
    }

    @Test
    default void changesAfterTheLastAreNone() {
        append(inbox(), "one", Flag.DELETED);
        store().expunge(inbox(), UidSet.ALL);
        append(inbox(), "two");
        long now = store().state(inbox()).highestModSeq();
        for (long since : new long[] {now, now + 1, Long.MAX_VALUE}) {
            var changes = since(inbox(), since);
            assertEquals(List.of(), changes.updated());
            assertEquals(UidSet.NONE, changes.vanished());
        }
    }

    @Test
    default void aMoveIsAChangeOnBothSides() {
        long one = append(inbox(), "one").uid();
        long inboxThen = store().state(inbox()).highestModSeq();
        long trashThen = store().state(mailbox("Trash")).highestModSeq();
        var done = store().copy(inbox(), UidSet.ALL, mailbox("Trash"), true);
        assertEquals(UidSet.of(one), since(inbox(), inboxThen).vanished());
        assertEquals(
                done.to(),
                since(mailbox("Trash"), trashThen).updated().stream().map(Updated::uid).toList());
    }

    @Test
    default void eachStepOfTheRecordCanBeAskedFor() {
        long start = store().state(inbox()).highestModSeq();
        for (int i = 0; i < 5; i++) append(inbox(), "text", Flag.DELETED);
        long[] after = new long[5];
        for (int i = 0; i < 5; i++) after[i] = store().expunge(inbox(), UidSet.of(i + 1)).modSeq();
        assertEquals(UidSet.range(1, 5), since(inbox(), start).vanished());
        for (int i = 0; i < 4; i++) {
            assertEquals(UidSet.range(i + 2, 5), since(inbox(), after[i]).vanished());
        }
    }

    @Test
    default void aRecordThatDoesNotReachBackSaysSo() {
        int kept = expungesKept();
        assumeTrue(kept > 0);
        long start = store().state(inbox()).highestModSeq();
        for (int i = 0; i <= kept; i++) {
            append(inbox(), "text", Flag.DELETED);
            store().expunge(inbox(), UidSet.ALL);
        }
        var changes = store().changes(inbox(), start);
        assertEquals(new Changes.TooOld(store().state(inbox())), changes);
        long recent = store().state(inbox()).highestModSeq();
        append(inbox(), "text", Flag.DELETED);
        long uid = store().expunge(inbox(), UidSet.ALL).uids().iterator().nextLong();
        assertEquals(UidSet.of(uid), since(inbox(), recent).vanished());
    }

    @Test
    default void aWatcherHearsOfChangesInItsAccount() {
        Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), "INBOX").orElseThrow().id();
        try (var subscription = store().watch(ann().id(), heard::add)) {
            assertEquals(false, subscription == null);
            append(bobs, "text");
            append(inbox(), "text", Flag.DELETED);
            hears(heard, inbox());
            heard.clear();
            store().expunge(inbox(), UidSet.ALL);
            hears(heard, inbox());
            append(mailbox("Sent"), "text");
            hears(heard, mailbox("Sent"));
            assertEquals(false, heard.contains(bobs));
        }
        Set<MailboxId> later = ConcurrentHashMap.newKeySet();
        heard.clear();
        try (var other = store().watch(ann().id(), later::add)) {
            assertEquals(false, other == null);
            append(mailbox("Junk"), "text");
            hears(later, mailbox("Junk"));
            assertEquals(Set.of(), heard);
        }
    }

    /** A watcher that throws harms nobody. */
    @Test
    default void aFailingWatcherHarmsNobody() {
        Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
        try (var bad =
                        store().watch(
                                        ann().id(),
                                        id -> {
                                            throw new IllegalStateException("a watcher's bug");
                                        });
                var good = store().watch(ann().id(), heard::add)) {
            assertEquals(false, bad.equals(good));
            append(inbox(), "text");
            hears(heard, inbox());
        }
    }

    private static void hears(Set<MailboxId> heard, MailboxId mailbox) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> heard.contains(mailbox));
    }
}
