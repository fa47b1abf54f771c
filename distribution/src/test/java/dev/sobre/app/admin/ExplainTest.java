package dev.sobre.app.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Quota;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code explain}, of every kind of address. */
class ExplainTest {

    private static final String OFFLINE =
            "what was refused lately only a running server knows, and none runs\n";

    private final MemoryStore store =
            MemoryStore.withAdministrator("ann@example.org", "x").and("bob@example.org", "x");
    private final Office office = new Office("example.org", store, Optional.empty());

    private String explain(String... words) throws IOException {
        var caller = ScriptedCaller.answering();
        var all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(words));
        assertEquals(0, AdminCommands.run(all, office, caller), caller.complained());
        return caller.printed();
    }

    private void change(String address, AccountChange change) {
        store.accounts().change(store.account(address).id(), List.of(change));
    }

    @Test
    void saysWhoGetsIt() throws IOException {
        change("bob@example.org", new AccountChange.AddAddress("robert@example.org"));
        String inbox = "mail is delivered to its INBOX\n";
        String room = "it holds 0 octets in 0 messages, without a limit\n" + OFFLINE;
        String there = inbox + "its further addresses: robert@example.org\n" + room;
        String ann = " is for the account ann@example.org: ";
        String bob = " is for the account bob@example.org: ";
        assertEquals(
                "ann@example.org" + ann + "that is the account's login name\n" + inbox + room,
                explain("ann"));
        assertEquals(
                "robert@example.org" + bob + "that is an alias of the account\n" + there,
                explain("robert"));
        assertEquals(
                "bob+shop@example.org"
                        + bob
                        + "what begins with one of `+` is a subaddress\n"
                        + there,
                explain("bob+shop@example.org"));
        assertEquals(
                "postmaster@example.org"
                        + ann
                        + "it is the administrator, and nobody else is the postmaster\n"
                        + inbox
                        + room,
                explain("postmaster"));
        change("ann@example.org", new AccountChange.Administrator(false));
        assertEquals(
                "postmaster@example.org"
                        + ann
                        + "it is the oldest account, nobody is an administrator, and somebody must"
                        + " be the postmaster; `account set --admin` or `--add-alias` makes another"
                        + " one\n"
                        + inbox
                        + room,
                explain("postmaster"));
        change("bob@example.org", new AccountChange.AddAddress("@example.org"));
        assertEquals(
                "any@example.org"
                        + bob
                        + "it catches all of the domain's mail that nobody else gets\n"
                        + inbox
                        + "its further addresses: robert@example.org, all of example.org that nobody"
                        + " has\n"
                        + room,
                explain("any"));
    }

    @Test
    void saysWhyNobodyGetsIt() throws IOException {
        assertEquals(
                "eve@example.org is an address of this server, but nobody has it: mail for it is"
                        + " refused with 550 5.1.1. `account add` makes an account, `account set"
                        + " --add-alias` gives it to one there is\n"
                        + OFFLINE,
                explain("eve"));
        assertEquals(
                "mail for example.net would have to leave this server, whose domain is example.org;"
                        + " `relay.way` is \"off\", so it is refused with 550 5.7.1\n"
                        + OFFLINE,
                explain("eve@example.net"));
    }

    @Test
    void saysWhatStandsInTheWay() throws IOException {
        change("bob@example.org", new AccountChange.Disabled(true));
        change("bob@example.org", new AccountChange.Limit(new Quota(0, 1)));
        assertEquals(
                "{\"address\":\"bob@example.org\",\"outcome\":\"delivered\",\"aliases\":"
                        + "[],\"catchAlls\":[],\"account\":\"bob@example.org\",\"because\":\"address\",\"mailbox\":\"INBOX\","
                        + "\"disabled\":true,\"octets\":0,\"messages\":0,\"quotaOctets\":0,"
                        + "\"quotaMessages\":1,\"full\":false}\n",
                explain("--json", "bob"));
    }
}
