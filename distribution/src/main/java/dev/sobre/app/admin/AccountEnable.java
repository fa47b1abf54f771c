package dev.sobre.app.admin;

import dev.sobre.mail.AccountChange;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code account enable}: lets a disabled account's owner log in again. */
@Command(
        name = "enable",
        description = "Lets the owner of a disabled account log in again.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org"})
final class AccountEnable implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        office.accounts().change(account.id(), List.of(new AccountChange.Disabled(false)));
        caller.terminal().println("enabled " + account.address());
        return 0;
    }
}
