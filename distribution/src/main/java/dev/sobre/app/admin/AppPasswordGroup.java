package dev.sobre.app.admin;

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
final class AppPasswordGroup {}
