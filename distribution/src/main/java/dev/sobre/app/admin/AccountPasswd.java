package dev.sobre.app.admin;

import dev.sobre.line.sasl.PasswordHash;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code account passwd}: replaces a password. */
@Command(
        name = "passwd",
        description = "Changes the password of an account, and ends its open sessions.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org"})
final class AccountPasswd implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Mixin private NewPassword password = new NewPassword();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        String chosen = password.read(caller);
        office.accounts().setPasswordHash(account.id(), PasswordHash.argon2id(chosen));
        office.server().ifPresent(server -> server.endSessionsOf(account));
        caller.terminal().println("changed the password of " + account.address());
        if (password.generated()) caller.terminal().println("password " + chosen);
        return 0;
    }
}
