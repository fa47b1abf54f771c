package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.Account;
import java.io.IOException;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code account list}: shows the accounts. */
@Command(
        name = "list",
        description = "Lists the accounts.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
final class AccountList implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var accounts =
                office.accounts().list().stream()
                        .sorted(Comparator.comparing(Account::address))
                        .toList();
        if (json) {
            caller.terminal().println(Json.of(accounts.stream().map(AccountData::of).toList()));
            return 0;
        }
        for (Account account : accounts) {
            var line = new StringBuilder(account.address());
            if (account.administrator()) line.append(" (administrator)");
            if (account.disabled()) line.append(" (disabled)");
            if (!account.displayName().isEmpty()) line.append(", ").append(account.displayName());
            if (!account.aliases().isEmpty()) {
                line.append(", also ").append(String.join(", ", account.aliases()));
            }
            if (!account.catchAlls().isEmpty()) {
                line.append(", catch-all of ").append(String.join(", ", account.catchAlls()));
            }
            caller.terminal().println(line.toString());
        }
        return 0;
    }
}
