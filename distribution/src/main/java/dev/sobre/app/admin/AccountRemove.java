package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account remove}: removes an account and all its mail. */
@Command(
        name = "remove",
        description = "Removes an account and all its mail, and ends its open sessions.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --yes ann@example.org"})
final class AccountRemove implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean sure;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        String question = "Remove " + account.address() + " and all its mail? Type yes: ";
        if (!sure && !caller.terminal().ask(question).equals("yes")) {
            throw new Failure("nothing was removed");
        }
        office.accounts().remove(account.id());
        office.server().ifPresent(server -> server.endSessionsOf(account));
        caller.terminal().println("removed " + account.address());
        return 0;
    }
}
