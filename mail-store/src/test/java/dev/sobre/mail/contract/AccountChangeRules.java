package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.Quota;
import dev.sobre.mail.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All of an account can change but its number and its login name. */
interface AccountChangeRules extends StoreUnderTest {

    private Accounts accounts() {
        return store().accounts();
    }

    private Account change(Account account, AccountChange... changes) {
        return accounts().change(account.id(), List.of(changes));
    }

    @Test
    default void everyFieldChanges() {
        Account after =
                change(
                        ann(),
                        new AccountChange.DisplayName("Ann Ångström"),
                        new AccountChange.AddAddress("A@Example.org"),
                        new AccountChange.AddAddress("@Example.com"),
                        new AccountChange.Administrator(true),
                        new AccountChange.Disabled(true),
                        new AccountChange.Limit(new Quota(1000, 10)),
                        new AccountChange.SwitchOff("idle"),
                        new AccountChange.SwitchOff("BINARY"));
        assertEquals(
                new Account(
                        ann().id(),
                        "Ann Ångström",
                        List.of("ann@example.org", "a@example.org", "@example.com"),
                        true,
                        true,
                        new Quota(1000, 10),
                        Set.of("BINARY", "IDLE")),
                after);
        assertEquals(Optional.of(after), accounts().get(after.id()));
        assertEquals(Optional.of(after), accounts().find("a@example.ORG"));
        assertEquals(List.of(after), accounts().list());
        assertEquals(Optional.of("{PLAIN}x"), accounts().passwordHash(after.id()));
        assertEquals(
                Set.of("BINARY"), change(after, new AccountChange.SwitchOn("Idle")).switchedOff());
    }

    @Test
    default void anAliasComesAndGoes() {
        var add = new AccountChange.AddAddress("a@example.com");
        change(ann(), add);
        change(ann(), add);
        assertTrue(accounts().hasDomain("Example.com"));
        assertEquals(
                1,
                change(ann(), new AccountChange.RemoveAddress("A@example.com")).addresses().size());
        assertEquals(Optional.empty(), accounts().find("a@example.com"));
        assertFalse(accounts().hasDomain("example.com"));
        assertTrue(accounts().hasDomain("example.org"));
        var login = new AccountChange.RemoveAddress("ann@example.org");
        refused(Reason.REFUSED, () -> change(ann(), login));
        var other = new AccountChange.RemoveAddress("b@example.org");
        refused(Reason.MISSING, () -> change(ann(), other));
    }

    @Test
    default void anAliasThatIsFreeAgainCanBeAnothers() {
        Account bob = account("bob@example.org");
        var alias = new AccountChange.AddAddress("sales@example.org");
        change(ann(), alias);
        refused(Reason.EXISTS, () -> change(bob, alias));
        change(ann(), new AccountChange.RemoveAddress("sales@example.org"));
        assertEquals(Optional.of(change(bob, alias)), accounts().find("sales@example.org"));
        accounts().remove(bob.id());
        change(ann(), alias);
    }

    @Test
    default void aDomainHasOneCatchAll() {
        Account bob = account("bob@example.org");
        var all = new AccountChange.AddAddress("@example.org");
        change(ann(), all);
        refused(Reason.EXISTS, () -> change(bob, all));
    }

    @Test
    default void changesAreMadeTogetherOrNotAtAll() {
        Account bob = account("bob@example.org");
        Account before = ann();
        var name = new AccountChange.DisplayName("Ann");
        var free = new AccountChange.AddAddress("free@example.org");
        var taken = new AccountChange.AddAddress(bob.address());
        refused(Reason.EXISTS, () -> change(before, name, free, taken));
        var odd = new AccountChange.SwitchOff("two words");
        refused(Reason.REFUSED, () -> change(before, name, free, odd));
        assertEquals(before, ann());
        assertEquals(Optional.empty(), accounts().find("free@example.org"));
        var nobody = new AccountId(9_999);
        refused(Reason.MISSING, () -> accounts().change(nobody, List.of(name)));
    }

    @Test
    default void theFirstAdministratorWhoIsNotDisabledIsTheOne() {
        assertEquals(Optional.empty(), accounts().administrator());
        Account zoe = account("zoe@example.org");
        Account bob = account("bob@example.org");
        Account both = change(bob, new AccountChange.Administrator(true));
        assertEquals(Optional.of(both), accounts().administrator());
        Account first = change(zoe, new AccountChange.Administrator(true));
        assertEquals(Optional.of(first), accounts().administrator());
        change(zoe, new AccountChange.Disabled(true));
        assertEquals(Optional.of(both), accounts().administrator());
        change(zoe, new AccountChange.Disabled(false));
        assertEquals(Optional.of(first), accounts().administrator());
        change(zoe, new AccountChange.Administrator(false));
        accounts().remove(bob.id());
        assertEquals(Optional.empty(), accounts().administrator());
    }

    @Test
    default void theOldestIsTheFirstWhoIsNotDisabled() {
        assertEquals(Optional.empty(), accounts().oldest());
        Account zoe = account("zoe@example.org");
        Account bob = account("bob@example.org");
        assertEquals(Optional.of(zoe), accounts().oldest());
        change(zoe, new AccountChange.Disabled(true));
        assertEquals(Optional.of(bob), accounts().oldest());
        accounts().remove(bob.id());
        assertEquals(Optional.empty(), accounts().oldest());
    }

    @Test
    default void accountsAndDomainsAreCounted() {
        assertEquals(0, accounts().count());
        assertFalse(accounts().hasDomain("example.org"));
        accounts().create(NewAccount.of("ann@example.org", "h"));
        accounts().create(NewAccount.of("bob@example.org", "h"));
        accounts().remove(ann().id());
        assertEquals(1, accounts().count());
        assertTrue(accounts().hasDomain("EXAMPLE.org"));
        accounts().remove(account("bob@example.org").id());
        assertEquals(0, accounts().count());
        assertFalse(accounts().hasDomain("example.org"));
    }
}
