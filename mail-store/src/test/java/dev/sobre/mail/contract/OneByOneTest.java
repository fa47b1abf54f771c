package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Appended;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.FlagChange.Kind;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link OneByOne} takes for the answers of a right store, and what it does not. */
class OneByOneTest {

    private static final MailboxId INBOX = new MailboxId(new AccountId(1), 1);
    private static final FlagChange SEEN = new FlagChange(Kind.REPLACE, Flags.SEEN);
    private static final Answer TWO_CAME =
            new Answer.ToAppend(Flags.NONE, List.of(at(1, 2), at(2, 3)));

    @Test
    void whoFindsItDoneIsNotTakenForTheOneWhoDidIt() {
        var did = told(4, seen(1, 4), seen(2, 4));
        var found = told(4, seen(1, 4));
        explain(TWO_CAME, found, did);
        explain(TWO_CAME, did, found);
        explain(found, did, found, did, TWO_CAME);
    }

    @Test
    void whoMayNotChangeWhatHasChangedCameFirst() {
        var did = told(SEEN, 3, 4, seen(1, 4));
        var found = told(4, seen(1, 4));
        explain(TWO_CAME, found, did);
        explain(TWO_CAME, did, found);
        unexplained(TWO_CAME, did, did);
    }

    @Test
    void twoChangesHaveNotOneModSeq() {
        var one = told(4, seen(1, 4));
        var other = told(4, seen(2, 4));
        var third = new Answer.ToAppend(Flags.NONE, List.of(at(3, 4)));
        Stream.of(one, other, third).forEach(alone -> explain(TWO_CAME, alone));
        unexplained(TWO_CAME, one, other);
        unexplained(TWO_CAME, one, third);
    }

    @Test
    void noModSeqIsLeftOut() {
        unexplained(TWO_CAME, told(5, seen(1, 5)));
    }

    @Test
    void nobodySeesHalfOfAnAppend() {
        var nothing = new FlagChange(Kind.ADD, Flags.NONE);
        var first = new Updated(1, Flags.NONE, 2);
        explain(TWO_CAME, told(nothing, 3, first));
        unexplained(TWO_CAME, told(nothing, 2, first));
    }

    @Test
    void noChangeIsLost() {
        explain(TWO_CAME, told(4, seen(1, 4)), told(5, seen(1, 4), seen(2, 5)));
        unexplained(TWO_CAME, told(4, seen(1, 4)), told(5, seen(1, 5), seen(2, 5)));
    }

    private static void explain(Answer... answers) {
        new OneByOne().explain(List.of(answers));
    }

    private static void unexplained(Answer... answers) {
        assertThrows(AssertionError.class, () -> explain(answers));
    }

    private static Appended at(long uid, long modSeq) {
        return new Appended(INBOX, 1, uid, modSeq);
    }

    private static Updated seen(long uid, long modSeq) {
        return new Updated(uid, Flags.SEEN, modSeq);
    }

    private static Answer told(long modSeq, Updated... each) {
        return told(SEEN, modSeq, each);
    }

    private static Answer told(FlagChange change, long modSeq, Updated... each) {
        return told(change, Long.MAX_VALUE, modSeq, each);
    }

    private static Answer told(
            FlagChange change, long unchangedSince, long modSeq, Updated... each) {
        var uids = UidSet.of(Stream.of(each).map(Updated::uid).toList());
        var result = new StoreResult(List.of(each), UidSet.NONE, modSeq);
        return new Answer.ToStore(uids, change, unchangedSince, result);
    }
}
