package dev.sobre.app.admin;

import dev.sobre.mail.AccountChange;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code account disable}: lets nobody log in to an account. */
@Command(
        name = "disable",
        description = {
            "Lets nobody log in to an account, and ends its open sessions.",
            "It goes on receiving mail; `account enable` opens it again."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org"})
final class AccountDisable implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        office.accounts().change(account.id(), List.of(new AccountChange.Disabled(true)));
        office.server().ifPresent(server -> server.endSessionsOf(account));
        caller.terminal().println("disabled " + account.address());
        return 0;
    }
}
