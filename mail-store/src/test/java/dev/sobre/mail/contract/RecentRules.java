package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.StoreException.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which messages are recent (RFC 3501 §2.3.2). */
interface RecentRules extends StoreUnderTest {

    @Test
    default void aMessageIsClaimedAsRecentOnce() {
        long one = append(inbox(), "one").uid();
        assertEquals(1, store().claimRecent(inbox(), 0));
        assertEquals(1, store().claimRecent(inbox(), one + 1));
        assertEquals(one + 1, store().claimRecent(inbox(), one + 1));
        long two = append(inbox(), "two").uid();
        assertEquals(one + 1, store().claimRecent(inbox(), two + 1));
        assertEquals(two + 1, store().claimRecent(inbox(), 0));
        assertEquals(two + 1, store().claimRecent(inbox(), one + 1), "nothing is given back");
        assertEquals(two + 1, store().claimRecent(inbox(), 0));
    }

    @Test
    default void claimsOutliveTheProcess() throws Exception {
        long one = append(inbox(), "one").uid();
        store().claimRecent(inbox(), one + 1);
        reopen();
        assertEquals(one + 1, store().claimRecent(inbox(), 0));
    }

    @Test
    default void claimsAreOfOneMailbox() {
        long uid = append(inbox(), "one").uid();
        store().claimRecent(inbox(), uid + 1);
        assertEquals(1, store().claimRecent(create("other"), 0));
    }

    @Test
    default void aMailboxThatIsGoneHasNoClaims() {
        var id = create("gone");
        store().claimRecent(id, append(id, "one").uid() + 1);
        store().alter(ann().id(), new MailboxChange.Delete("gone"));
        StoreUnderTest.refused(Reason.MISSING, () -> store().claimRecent(id, 0));
        StoreUnderTest.refused(Reason.MISSING, () -> store().claimRecent(id, 7));
    }

    @Test
    default void manySessionsClaimEachMessageOnce() throws Exception {
        long last = 0;
        for (int i = 0; i < 20; i++) last = append(inbox(), "x").uid();
        Set<Long> claimed = new ConcurrentSkipListSet<>();
        var sessions = LongStream.rangeClosed(2, last + 1).mapToObj(below -> claim(below, claimed));
        for (Thread session : sessions.toList()) session.join();
        assertEquals(last, claimed.size());
    }

    private Thread claim(long below, Set<Long> claimed) {
        var mailbox = inbox();
        return Thread.startVirtualThread(
                () -> {
                    long first = store().claimRecent(mailbox, below);
                    for (long uid = first; uid < below; uid++) {
                        if (!claimed.add(uid)) claimed.add(-uid); // twice
                    }
                });
    }
}
