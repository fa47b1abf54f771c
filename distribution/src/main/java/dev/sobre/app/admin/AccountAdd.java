package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.Quota;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account add}: makes an account with its first mailboxes. */
@Command(
        name = "add",
        description = "Makes an account.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org --name Ann --quota 10G"})
final class AccountAdd implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "The login name, such as ann@example.org.")
    private String address = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What people call its owner.")
    private String name = "";

    @Option(names = "--alias", paramLabel = "ADDRESS", description = "A further address.")
    private List<String> aliases = new ArrayList<>();

    @Option(
            names = "--catch-all",
            paramLabel = "DOMAIN",
            description = "It gets the mail for all of the domain's addresses that nobody has.")
    private List<String> catchAlls = new ArrayList<>();

    @Option(names = "--admin", description = "The account may use the administrator's console.")
    private boolean administrator;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Mixin private QuotaOptions quota = new QuotaOptions();

    @Mixin private NewPassword password = new NewPassword();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var addresses = new ArrayList<String>();
        addresses.add(AccountGroup.address(address, office));
        for (String alias : aliases) addresses.add(AccountGroup.address(alias, office));
        for (String domain : catchAlls) addresses.add(AccountGroup.catchAll(domain, office));
        for (String each : addresses) {
            if (office.accounts().find(each).isPresent()) throw taken(each);
        }
        String chosen = password.read(caller);
        create(office, addresses, PasswordHash.argon2id(chosen));
        if (json) {
            var result = new LinkedHashMap<String, Object>();
            result.put("address", addresses.getFirst());
            if (password.generated()) result.put("password", chosen);
            caller.terminal().println(Json.of(result));
        } else {
            caller.terminal().println("added " + addresses.getFirst());
            if (password.generated()) caller.terminal().println("password " + chosen);
        }
        return 0;
    }

    private void create(Office office, List<String> addresses, String hash) {
        var most = quota.over(Quota.NONE).orElse(Quota.NONE);
        try {
            office.accounts().create(new NewAccount(addresses, hash, name, administrator, most));
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.EXISTS) throw taken(addresses.getFirst());
            throw e;
        }
    }

    private static Failure taken(String address) {
        return new Failure(
                address
                        + " is taken; `account show` says by whom, `account passwd` changes a"
                        + " password");
    }
}
