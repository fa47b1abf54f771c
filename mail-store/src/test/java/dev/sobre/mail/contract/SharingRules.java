package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.StoreException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Access lists (RFC 4314). */
interface SharingRules extends StoreUnderTest {

    private AccountId bob() {
        return account("bob@example.org").id();
    }

    @Test
    default void anOwnerHasAllRightsAndOthersWhatIsGranted() throws Exception {
        MailboxId team = create("team");
        assertEquals(Rights.ALL, store().sharing().rights(team, ann().id()));
        assertEquals(Rights.NONE, store().sharing().rights(team, bob()));
        store().sharing().grant(team, bob(), new Rights("srl"));
        store().sharing().grant(team, Sharing.ANYONE, new Rights("p"));
        reopen();
        assertEquals(new Rights("lrsp"), store().sharing().rights(team, bob()));
        assertEquals(
                new Rights("p"), store().sharing().rights(team, account("c@example.org").id()));
        assertEquals(
                Map.of(bob(), new Rights("lrs"), Sharing.ANYONE, new Rights("p")),
                store().sharing().list(team));
        store().sharing().grant(team, bob(), new Rights("l"));
        store().sharing().grant(team, Sharing.ANYONE, Rights.NONE);
        assertEquals(new Rights("l"), store().sharing().rights(team, bob()));
    }

    @Test
    default void theMailboxesOfOthersAreFound() {
        MailboxId a = create("a");
        MailboxId b = create("b");
        store().sharing().grant(b, bob(), new Rights("l"));
        store().sharing().grant(a, Sharing.ANYONE, new Rights("l"));
        store().sharing().grant(b, Sharing.ANYONE, new Rights("r"));
        assertEquals(List.of(a, b), store().sharing().sharedWith(bob()));
        assertEquals(List.of(), store().sharing().sharedWith(ann().id()));
        store().sharing().grant(a, Sharing.ANYONE, Rights.NONE);
        assertEquals(List.of(b), store().sharing().sharedWith(bob()));
    }

    @Test
    default void grantsGoWhereTheirMailboxGoes() {
        MailboxId a = create("a");
        store().sharing().grant(a, bob(), new Rights("lr"));
        store().alter(ann().id(), new MailboxChange.Rename("a", "b"));
        assertEquals(new Rights("lr"), store().sharing().rights(mailbox("b"), bob()));
        store().alter(ann().id(), new MailboxChange.Delete("b"));
        refused(Reason.MISSING, () -> store().sharing().list(a));
        refused(Reason.MISSING, () -> store().sharing().grant(a, bob(), new Rights("l")));
        assertEquals(List.of(), store().sharing().sharedWith(bob()));
        assertEquals(Map.of(), store().sharing().list(create("b")));
    }

    @Test
    default void grantsGoWithEitherAccount() { // lesson 11
        MailboxId a = create("a");
        var old = bob();
        store().sharing().grant(a, old, new Rights("l"));
        store().accounts().remove(old);
        assertEquals(Map.of(), store().sharing().list(a));
        assertEquals(Rights.NONE, store().sharing().rights(a, bob()));
        refused(Reason.MISSING, () -> store().sharing().grant(a, old, new Rights("l")));
        store().sharing().grant(a, bob(), new Rights("l"));
        store().accounts().remove(ann().id());
        assertEquals(List.of(), store().sharing().sharedWith(bob()));
    }

    @Test
    default void whatMakesNoSenseIsRefused() {
        refused(
                Reason.REFUSED,
                () -> store().sharing().grant(inbox(), ann().id(), new Rights("l")));
        refused(Reason.REFUSED, () -> new Rights("lz"));
        assertEquals("lrs", new Rights("srrl").letters());
        assertTrue(Rights.ALL.has('a'));
    }
}
