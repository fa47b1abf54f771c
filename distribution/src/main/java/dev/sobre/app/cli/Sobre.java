package dev.sobre.app.cli;

import dev.sobre.app.text.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code sobre}: the command that has all others under it. */
@Command(
        name = "sobre",
        description = "A mail server that speaks TLS only: SMTPS, POP3S, IMAPS and telnets.",
        versionProvider = Sobre.ThisVersion.class,
        footer = {"", "Example: sobre demo"})
final class Sobre {

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the log, and where a failure comes from.")
    boolean debug;

    /** Tells picocli the version. */
    static final class ThisVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sobre " + Version.text()};
        }
    }
}
