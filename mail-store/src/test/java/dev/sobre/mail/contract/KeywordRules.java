package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.FlagChange.Kind;
import dev.sobre.mail.Flags;
import dev.sobre.mail.KeywordLimits;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keywords (RFC 9051 §2.3.2): a mailbox knows them, and they are bounded. */
interface KeywordRules extends StoreUnderTest {

    private static Flags keywords(String... words) {
        return Flags.of(0, List.of(words));
    }

    /** So many keywords, numbered from one on. */
    private static Flags keywords(int from, int count) {
        return Flags.of(0, IntStream.range(from, from + count).mapToObj(i -> "k" + i).toList());
    }

    private long append(MailboxId mailbox, Flags flags) {
        var mail = new Delivery(DeliveryId.random(), StoreUnderTest.source("x"), flags, DATE);
        return store().append(mailbox, List.of(mail)).getFirst().uid();
    }

    private void change(long uid, Kind kind, Flags flags) {
        store().store(inbox(), UidSet.of(uid), new FlagChange(kind, flags), Long.MAX_VALUE);
    }

    @Test
    default void aMailboxKnowsItsKeywords() throws Exception {
        long one = append(inbox(), keywords("a", "b"));
        long two = append(inbox(), keywords("A"));
        assertEquals(Set.of("a", "b"), Set.copyOf(store().index(inbox()).keywords()));
        change(one, Kind.REMOVE, keywords("b"));
        change(two, Kind.ADD, keywords("c"));
        assertEquals(Set.of("a", "c"), Set.copyOf(store().index(inbox()).keywords()));
        change(two, Kind.ADD, Flags.of(Flag.DELETED));
        store().expunge(inbox(), UidSet.ALL);
        assertEquals(Set.of("a"), Set.copyOf(store().index(inbox()).keywords()));
        store().copy(inbox(), UidSet.ALL, mailbox("Trash"), true);
        assertTrue(store().index(inbox()).keywords().isEmpty());
        reopen();
        assertTrue(store().index(inbox()).keywords().isEmpty());
        assertEquals(Set.of("a"), Set.copyOf(store().index(mailbox("Trash")).keywords()));
    }

    @Test
    default void aMessageHasABoundedNumber() {
        long uid = append(inbox(), keywords(0, KeywordLimits.OF_MESSAGE));
        var before = store().state(inbox());
        refused(Reason.LIMIT, () -> append(inbox(), keywords(0, KeywordLimits.OF_MESSAGE + 1)));
        refused(Reason.LIMIT, () -> change(uid, Kind.ADD, keywords("one-more")));
        String longest = "x".repeat(KeywordLimits.LONGEST);
        refused(Reason.LIMIT, () -> change(uid, Kind.REPLACE, keywords(longest + "x")));
        assertEquals(before, store().state(inbox()));
        change(uid, Kind.REPLACE, keywords(longest));
        assertEquals(keywords(longest), message(inbox(), uid).flags());
    }

    @Test
    default void aMailboxHasABoundedNumber() {
        int each = KeywordLimits.OF_MESSAGE;
        for (int from = 0; from < KeywordLimits.OF_MAILBOX; from += each) {
            append(inbox(), keywords(from, each));
        }
        long uid = append(inbox(), keywords("K1"));
        MailboxId trash = mailbox("Trash");
        append(trash, keywords("other"));
        var before = store().state(inbox());
        refused(Reason.LIMIT, () -> append(inbox(), keywords("one-more")));
        refused(Reason.LIMIT, () -> change(uid, Kind.ADD, keywords("one-more")));
        refused(Reason.LIMIT, () -> store().copy(trash, UidSet.ALL, inbox(), true));
        refused(Reason.LIMIT, () -> store().copy(inbox(), UidSet.ALL, trash, false));
        assertEquals(before, store().state(inbox()));
        assertEquals(1, store().state(trash).messages());
        // What goes makes room.
        change(1, Kind.REPLACE, keywords("k0"));
        change(uid, Kind.ADD, keywords("one-more"));
    }

    /** One refusal takes nobody along who happens to share its group. */
    @Test
    default void aRefusalIsOnesOwn() {
        var good = new Delivery(DeliveryId.random(), StoreUnderTest.source("x"), Flags.NONE, DATE);
        var bad =
                new Delivery(
                        DeliveryId.random(), StoreUnderTest.source("y"), keywords(0, 65), DATE);
        refused(Reason.LIMIT, () -> store().append(inbox(), List.of(good, bad)));
        assertEquals(0, store().state(inbox()).messages());
    }
}
