package dev.sobre.app.cli;

import dev.sobre.app.admin.TlsSessions;
import picocli.CommandLine.Command;

/** {@code sobre tls}: the group of the commands about TLS. */
@Command(
        name = "tls",
        description = "Explains TLS connections and cipher suites.",
        subcommands = {TlsExplain.class, TlsSuites.class, TlsSessions.class},
        footer = {"", "Example: ${COMMAND-FULL-NAME} explain localhost:993"})
final class Tls {}
