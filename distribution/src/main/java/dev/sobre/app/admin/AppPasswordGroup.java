package dev.sobre.app.admin;

import dev.sobre.mail.Account;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.Keyring;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code account app-password}: passwords for one program or device each. */
@Command(
        name = "app-password",
        description = {
            "Makes, lists and revokes app passwords.",
            "An app password is for one program or device, which logs in with it in place of the"
                    + " account's own; it can be taken back without a change of that."
        },
        subcommands = {AppPasswordAdd.class, AppPasswordList.class, AppPasswordRevoke.class},
        footer = {"", "Example: ${COMMAND-FULL-NAME} add ann@example.org phone"})
final class AppPasswordGroup {

    /** The app passwords of an account. */
    static List<AppPassword> of(Account account, Office office) {
        return office.accounts()
                .appPasswords()
                .find(account.id())
                .map(Keyring::passwords)
                .orElse(List.of());
    }
}
