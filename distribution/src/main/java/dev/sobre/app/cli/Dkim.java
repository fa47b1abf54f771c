package dev.sobre.app.cli;

import picocli.CommandLine.Command;

/** {@code sobre dkim}: the group of the commands about signatures of mail that leaves. */
@Command(
        name = "dkim",
        description = "Makes and shows the keys that sign mail for other domains (DKIM).",
        subcommands = DkimKeyCommand.class,
        footer = {"", "Example: sobre dkim key --home /srv/mail example.org"})
final class Dkim {}
