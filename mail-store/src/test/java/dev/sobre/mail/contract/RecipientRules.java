package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.Recipients.Answer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets the mail for an address: exact, subaddress, postmaster, catch-all, nobody. */
interface RecipientRules extends StoreUnderTest {

    private String who(String separators, String local, String domain) {
        var recipients = new Recipients(store().accounts(), Set.of(), separators);
        return switch (recipients.resolve(local, domain)) {
            case Answer.To(var account, var because) -> account.address() + " " + because;
            case Answer.Nobody _ -> "nobody";
            case Answer.Elsewhere _ -> "elsewhere";
        };
    }

    private String who(String local, String domain) {
        return who("+", local, domain);
    }

    private void add(String... addresses) {
        store().accounts().create(List.of(addresses), "h", false);
    }

    @Test
    default void anAddressIsItsOwners() {
        add("ann@example.org", "a@example.com");
        assertEquals("ann@example.org ADDRESS", who("Ann", "Example.ORG"));
        assertEquals("ann@example.org ADDRESS", who("a", "example.com"));
        assertEquals("nobody", who("b", "example.com"));
        assertEquals("elsewhere", who("ann", "elsewhere.example"));
    }

    @Test
    default void aSubaddressIsItsOwners() {
        add("ann@example.org");
        add("ann-lee@example.org");
        add("ann+exact@example.org");
        assertEquals("ann@example.org SUBADDRESS", who("ann+shop", "example.org"));
        assertEquals("ann@example.org SUBADDRESS", who("ANN+a+b", "example.org"));
        assertEquals("ann@example.org SUBADDRESS", who("ann+", "example.org"));
        assertEquals("ann+exact@example.org ADDRESS", who("ann+exact", "example.org"));
        assertEquals("nobody", who("+ann", "example.org"));
        assertEquals("nobody", who("bob+shop", "example.org"));
        assertEquals("nobody", who("ann-shop", "example.org"));
        assertEquals("nobody", who("", "ann+shop", "example.org"));
        assertEquals("ann-lee@example.org SUBADDRESS", who("-", "ann-lee-shop", "example.org"));
        assertEquals("ann@example.org SUBADDRESS", who("+-", "ann-bob+shop", "example.org"));
        assertEquals("elsewhere", who("ann+shop", "example.com"));
    }

    @Test
    default void whatNobodyHasIsTheCatchAlls() {
        add("ann@example.org");
        add("bob@example.org", "@example.org", "@example.com");
        assertEquals("ann@example.org ADDRESS", who("ann", "example.org"));
        assertEquals("ann@example.org SUBADDRESS", who("ann+shop", "example.org"));
        assertEquals("bob@example.org CATCH_ALL", who("carol", "EXAMPLE.org"));
        assertEquals("bob@example.org CATCH_ALL", who("carol+x", "example.com"));
        assertEquals("elsewhere", who("carol", "sub.example.com"));
    }

    @Test // RFC 5321 §4.5.1
    default void thePostmasterIsSomebody() {
        assertEquals("nobody", who("Postmaster", ""));
        add("zoe@example.org");
        assertEquals("zoe@example.org POSTMASTER", who("postmaster", "example.org"));
        add("ann@example.org", "@example.org");
        assertEquals("ann@example.org CATCH_ALL", who("postmaster", "example.org"));
        assertEquals("zoe@example.org POSTMASTER", who("Postmaster", ""));
        assertEquals("nobody", who("zoe", ""));
        store().accounts().create(List.of("root@example.org"), "h", true);
        assertEquals("root@example.org POSTMASTER", who("PostMaster", "example.org"));
        assertEquals("root@example.org POSTMASTER", who("Postmaster", ""));
        assertEquals("elsewhere", who("postmaster", "example.com"));
        add("postmaster@example.org");
        assertEquals("postmaster@example.org ADDRESS", who("postmaster", "example.org"));
        var ours = new Recipients(store().accounts(), Set.of("example.org"), "+");
        var ofNoDomain = (Answer.To) ours.resolve("Postmaster", "");
        assertEquals("postmaster@example.org", ofNoDomain.account().address());
        assertEquals(new Answer.Nobody(), ours.resolve("zoe", ""));
    }

    @Test
    default void givenDomainsAreTheOnes() {
        add("ann@example.org", "ann@example.net");
        var ours = new Recipients(store().accounts(), Set.of("Example.ORG"), "+");
        assertEquals(new Answer.Nobody(), ours.resolve("bob", "example.org"));
        assertEquals(new Answer.Elsewhere(), ours.resolve("bob", "example.net"));
    }

    @Test
    default void aDisabledAccountStillReceives() {
        var ann = store().accounts().create(NewAccount.of("ann@example.org", "h"));
        store().accounts().change(ann.id(), List.of(new AccountChange.Disabled(true)));
        assertEquals("ann@example.org ADDRESS", who("ann", "example.org"));
    }

    @Test
    default void aStrangersLocalPartCostsFewLookUps() {
        add("a@example.org");
        assertEquals("nobody", who("a" + "+".repeat(250), "example.org"));
        assertEquals("a@example.org SUBADDRESS", who("a" + "+".repeat(8), "example.org"));
    }
}
