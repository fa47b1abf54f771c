package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.FlagChange.Kind;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STORE and EXPUNGE (RFC 9051 §6.4.6, §6.4.3; RFC 7162 §3.1.3). */
interface FlagRules extends StoreUnderTest {

    default StoreResult store(UidSet uids, Kind kind, String... words) {
        var change = new FlagChange(kind, Flags.parse(List.of(words)));
        return store().store(inbox(), uids, change, Long.MAX_VALUE);
    }

    default List<String> words(long uid) {
        return message(inbox(), uid).flags().words();
    }

    @Test
    default void flagsAreReplacedAddedAndRemoved() {
        long uid = append(inbox(), "one", Flag.DRAFT).uid();
        store(UidSet.of(uid), Kind.ADD, "\\Seen", "$Label", "\\Draft");
        assertEquals(List.of("\\Seen", "\\Draft", "$Label"), words(uid));
        store(UidSet.of(uid), Kind.REMOVE, "\\Draft", "$LABEL", "other");
        assertEquals(List.of("\\Seen"), words(uid));
        store(UidSet.of(uid), Kind.REPLACE, "\\Flagged", "NonJunk");
        assertEquals(List.of("\\Flagged", "NonJunk"), words(uid));
    }

    @Test
    default void aChangedFlagRaisesTheModSeq() {
        long one = append(inbox(), "one").uid();
        long two = append(inbox(), "two").uid();
        long before = store().state(inbox()).highestModSeq();
        var result = store(UidSet.of(one), Kind.ADD, "\\Seen");
        long after = store().state(inbox()).highestModSeq();
        assertTrue(after > before);
        assertEquals(after, result.highestModSeq());
        assertEquals(List.of(new Updated(one, Flags.SEEN, after)), result.changed());
        assertEquals(UidSet.NONE, result.modified());
        assertTrue(message(inbox(), two).modSeq() <= before);
        assertEquals(1, store().state(inbox()).unseen());
    }

    @Test
    default void aFlagThatIsThereAlreadyChangesNothing() {
        var mail = append(inbox(), "one", Flag.SEEN);
        var before = store().state(inbox());
        var result = store(UidSet.ALL, Kind.ADD, "\\Seen");
        assertEquals(List.of(new Updated(mail.uid(), Flags.SEEN, mail.modSeq())), result.changed());
        assertEquals(before, store().state(inbox()));
    }

    @Test
    default void uidsThatAreNotThereAreIgnored() {
        append(inbox(), "one");
        var before = store().state(inbox());
        assertEquals(List.of(), store(UidSet.range(1000, UidSet.HIGHEST), Kind.ADD, "x").changed());
        assertEquals(List.of(), store(UidSet.NONE, Kind.ADD, "x").changed());
        assertEquals(before, store().state(inbox()));
        assertEquals(1, store(UidSet.ALL, Kind.ADD, "x").changed().size());
    }

    @Test
    default void whatChangedSinceIsLeftAlone() { // RFC 7162 §3.1.3
        long one = append(inbox(), "one").uid();
        long two = append(inbox(), "two").uid();
        long three = append(inbox(), "three").uid();
        long since = store().state(inbox()).highestModSeq();
        store(UidSet.of(two), Kind.ADD, "\\Flagged");
        var change = new FlagChange(Kind.ADD, Flags.SEEN);
        var result = store().store(inbox(), UidSet.ALL, change, since);
        assertEquals(UidSet.of(two), result.modified());
        assertEquals(List.of(one, three), result.changed().stream().map(Updated::uid).toList());
        assertEquals(List.of("\\Flagged"), words(two));
        assertEquals(List.of("\\Seen"), words(three));
        assertEquals(result.highestModSeq(), store().state(inbox()).highestModSeq());
        // Nobody's MODSEQ is as low as 0.
        assertEquals(
                UidSet.of(one, two, three),
                store().store(inbox(), UidSet.ALL, change, 0).modified());
    }

    @Test
    default void onlyDeletedMessagesOfTheSetAreExpunged() { // RFC 9051 §6.4.9
        long one = append(inbox(), "one", Flag.DELETED).uid();
        long two = append(inbox(), "two").uid();
        long three = append(inbox(), "three", Flag.DELETED, Flag.SEEN).uid();
        long before = store().state(inbox()).highestModSeq();
        Vanished gone = store().expunge(inbox(), UidSet.of(two, three));
        assertEquals(UidSet.of(three), gone.uids());
        assertTrue(gone.modSeq() > before);
        assertEquals(gone.modSeq(), store().state(inbox()).highestModSeq());
        assertEquals(List.of(one, two), StoreUnderTest.uids(store().index(inbox())));
        assertEquals(List.of(), messages(inbox(), UidSet.of(three)));
        var state = store().state(inbox());
        assertEquals(2, state.messages());
        assertEquals(2, state.unseen());
        assertEquals(6, state.octets());
    }

    @Test
    default void anExpungeOfNothingChangesNothing() {
        append(inbox(), "one");
        var before = store().state(inbox());
        assertEquals(UidSet.NONE, store().expunge(inbox(), UidSet.ALL).uids());
        assertEquals(before, store().state(inbox()));
    }

    @Test
    default void anIndexTakenBeforeDoesNotChange() {
        long one = append(inbox(), "one", Flag.DELETED).uid();
        var then = store().index(inbox());
        var state = then.state();
        store(UidSet.of(one), Kind.ADD, "\\Seen");
        append(inbox(), "two");
        store().expunge(inbox(), UidSet.ALL);
        assertEquals(List.of(one), StoreUnderTest.uids(then));
        assertEquals(Flags.DELETED, then.flags(0));
        assertEquals(state, then.state());
    }
}
