package dev.sobre.app.cert;

import picocli.CommandLine.Command;

/** {@code sobre cert ca}: the group of the commands about an authority of one's own. */
@Command(
        name = "ca",
        description = "Makes an authority of your own, and certificates by it.",
        subcommands = {CaCreate.class, CaIssue.class, CaRenew.class},
        footer = {"", "Example: sobre cert ca create --dir ca example.org"})
final class CertCa {}
