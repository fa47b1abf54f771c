package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code account app-password revoke}: takes an app password back. */
@Command(
        name = "revoke",
        description = "Takes an app password back, and ends the account's open sessions.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org phone"})
final class AppPasswordRevoke implements AdminCommand {

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "What it was for.")
    private String name = "";

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        if (!office.accounts().appPasswords().revoke(account.id(), name)) {
            throw new Failure(
                    account.address()
                            + " has no app password "
                            + name
                            + "; `account app-password list` shows those there are");
        }
        // Which session came by it is not known, so all begin anew.
        office.server().ifPresent(server -> server.endSessionsOf(account));
        caller.terminal().println("revoked " + name + " of " + account.address());
        return 0;
    }
}
