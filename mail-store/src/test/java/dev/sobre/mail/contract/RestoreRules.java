package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Restored;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that come back with the numbers they had (RFC 9051 §2.3.1.1, RFC 8474, RFC 8514). */
interface RestoreRules extends StoreUnderTest {

    Instant SAVED = Instant.parse("2023-01-02T03:04:05Z");

    private static Restored restored(long uid, String text) {
        var email = EmailId.of(new DeliveryId(7, uid));
        var delivery = StoreUnderTest.delivery(text, Flag.SEEN);
        return new Restored(delivery, uid, SAVED.plusMillis(600), email);
    }

    @Test
    default void messagesComeBackUnderTheirUids() throws Exception {
        var back = List.of(restored(5, "five"), restored(9, "nine"));
        var done = store().restore(inbox(), back);
        assertEquals(List.of(5L, 9L), done.stream().map(a -> a.uid()).toList());
        assertEquals(List.of("five", "nine"), texts(inbox()));
        var nine = message(inbox(), 9);
        assertEquals(back.getLast().email(), nine.emailId());
        assertEquals(SAVED, nine.savedDate());
        assertEquals(DATE, nine.internalDate());
        assertEquals(10, store().state(inbox()).uidNext());
        assertEquals(10, append(inbox(), "ten").uid());
        assertEquals(done, store().restore(inbox(), back), "once by delivery id");
        assertEquals(3, store().state(inbox()).messages());
    }

    @Test
    default void aUsedUidIsNotGivenAgain() {
        append(inbox(), "one");
        refused(Reason.REFUSED, () -> store().restore(inbox(), List.of(restored(1, "x"))));
        var twice = List.of(restored(5, "x"), restored(5, "y"));
        refused(Reason.REFUSED, () -> store().restore(inbox(), twice));
        assertEquals(1, store().state(inbox()).messages());
        assertEquals(2, store().state(inbox()).uidNext());
    }

    @Test
    default void whatWasThereComesBackBesideWhatIsNew() {
        var five = restored(5, "five");
        store().restore(inbox(), List.of(five));
        var done = store().restore(inbox(), List.of(five, restored(6, "six")));
        assertEquals(List.of(5L, 6L), done.stream().map(a -> a.uid()).toList());
        assertEquals(2, store().state(inbox()).messages());
    }

    @Test
    default void restoredMailCountsAgainstTheQuota() {
        store().accounts().change(ann().id(), List.of(new AccountChange.Limit(new Quota(0, 1))));
        var two = List.of(restored(5, "five"), restored(6, "six"));
        refused(Reason.OVER_QUOTA, () -> store().restore(inbox(), two));
        assertEquals(0, store().state(inbox()).messages());
    }

    @Test
    default void aMailboxAdoptsTheNumbersItHad() {
        store().restore(inbox(), List.of(restored(5, "five")));
        var before = store().state(inbox());
        var after = store().adopt(inbox(), before, new Numbering(77, 100, 1L << 40));
        assertEquals(77, after.uidValidity());
        assertEquals(100, after.uidNext());
        assertEquals((1L << 40) + 1, after.highestModSeq());
        assertEquals(after, store().state(inbox()));
        assertEquals(after, store().index(inbox()).state());
        assertEquals(1, after.messages());
        assertEquals(before.unseen(), after.unseen());
        var next = append(inbox(), "next");
        assertEquals(100, next.uid());
        assertEquals(77, next.uidValidity());
        assertEquals((1L << 40) + 2, next.modSeq());
    }

    @Test
    default void aUidValidityNeverRepeats() throws Exception {
        var other = create("other");
        var used = store().state(other).uidValidity();
        store().alter(ann().id(), new MailboxChange.Delete("other"));
        var seen = store().state(inbox());
        assertEquals(seen, store().adopt(inbox(), seen, new Numbering(used, 100, 5)));
        store().adopt(inbox(), seen, new Numbering(77, 100, 5));
        reopen();
        var archive = store().state(mailbox("Archive"));
        var same = new Numbering(77, 100, 5);
        assertEquals(archive, store().adopt(mailbox("Archive"), archive, same));
        // Also not one that was to come next.
        long newest = store().state(create("newest")).uidValidity();
        var coming = new Numbering(newest + 1, 100, 5);
        assertEquals(newest + 1, store().adopt(archive(), archive, coming).uidValidity());
        assertNotEquals(newest + 1, store().state(create("next")).uidValidity());
    }

    private MailboxId archive() {
        return mailbox("Archive");
    }

    @Test
    default void numbersAreAdoptedOnlyWhenNothingCame() {
        store().restore(inbox(), List.of(restored(5, "five")));
        var seen = store().state(inbox());
        var numbers = new Numbering(77, 100, 5);
        append(inbox(), "new");
        assertEquals(seen.uidValidity(), store().adopt(inbox(), seen, numbers).uidValidity());
        var now = store().state(inbox());
        assertEquals(now, store().adopt(inbox(), now, new Numbering(77, 6, 5)), "UIDs twice");
        store().store(
                        inbox(),
                        UidSet.ALL,
                        new FlagChange(FlagChange.Kind.ADD, Flags.DELETED),
                        Long.MAX_VALUE);
        assertEquals(77, store().adopt(inbox(), now, numbers).uidValidity(), "flags may change");
    }
}
