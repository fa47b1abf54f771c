package dev.sobre.app.admin;

import picocli.CommandLine.Command;

/** {@code tls}: what the running server can tell of TLS. */
@Command(
        name = "tls",
        description = "Shows the running server's TLS.",
        subcommands = {TlsSessions.class},
        footer = {"", "Example: ${COMMAND-FULL-NAME} sessions"})
final class TlsCommands {}
