package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.imap.ImapSettings;
import dev.sobre.mail.AccountChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account set}: changes an account's fields, all that are named or none. */
@Command(
        name = "set",
        aliases = "change",
        description = {
            "Changes an account: what the options name, all or none.",
            "`account passwd` changes its password, `account disable` locks it."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} ann@example.org --add-alias sales@example.org"
        })
final class AccountSet implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What people call its owner.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--add-alias", paramLabel = "ADDRESS", description = "A further address.")
    private List<String> more = new ArrayList<>();

    @Option(names = "--remove-alias", paramLabel = "ADDRESS", description = "One that goes.")
    private List<String> fewer = new ArrayList<>();

    @Option(
            names = "--catch-all",
            paramLabel = "DOMAIN",
            description = "It gets the mail for all of the domain's addresses that nobody has.")
    private List<String> catchAlls = new ArrayList<>();

    @Option(names = "--no-catch-all", paramLabel = "DOMAIN", description = "No longer so.")
    private List<String> noCatchAlls = new ArrayList<>();

    @Option(
            names = "--admin",
            negatable = true,
            description = "Whether it may use the administrator's console.")
    private Optional<Boolean> administrator = Optional.empty();

    @Option(
            names = "--switch-off",
            paramLabel = "CAPABILITY",
            description = "A capability that services hide from this account, such as IDLE.")
    private List<String> off = new ArrayList<>();

    @Option(names = "--switch-on", paramLabel = "CAPABILITY", description = "Shown again.")
    private List<String> on = new ArrayList<>();

    @Mixin private QuotaOptions quota = new QuotaOptions();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        var changes = new ArrayList<AccountChange>();
        name.map(AccountChange.DisplayName::new).ifPresent(changes::add);
        for (String each : fewer) changes.add(without(AccountGroup.address(each, office)));
        for (String each : noCatchAlls) changes.add(without(AccountGroup.catchAll(each, office)));
        for (String each : more) changes.add(with(AccountGroup.address(each, office)));
        for (String each : catchAlls) changes.add(with(AccountGroup.catchAll(each, office)));
        administrator.map(AccountChange.Administrator::new).ifPresent(changes::add);
        quota.over(account.quota()).map(AccountChange.Limit::new).ifPresent(changes::add);
        for (String each : off) changes.add(switchedOff(each));
        for (String each : on) changes.add(new AccountChange.SwitchOn(each));
        if (changes.isEmpty()) {
            throw new Failure("say what is to change; `account set --help` lists what can");
        }
        office.accounts().change(account.id(), changes);
        caller.terminal().println("changed " + account.address());
        return 0;
    }

    private static AccountChange switchedOff(String capability) throws Failure {
        var names = ImapSettings.capabilities();
        if (names.stream().noneMatch(capability::equalsIgnoreCase)) {
            throw new Failure(
                    "no capability is named "
                            + capability
                            + "; there are "
                            + String.join(", ", names));
        }
        return new AccountChange.SwitchOff(capability);
    }

    private static AccountChange with(String address) {
        return new AccountChange.AddAddress(address);
    }

    private static AccountChange without(String address) {
        return new AccountChange.RemoveAddress(address);
    }
}
