package dev.sobre.app.cli;

import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home DIR}: which server. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The server's directory (default: $SOBRE_HOME).")
    private @Nullable Path home;

    /** The directory, whether it is there or not. */
    Path path() {
        if (home != null) return home;
        String environment = System.getenv("SOBRE_HOME");
        if (environment != null && !environment.isEmpty()) return Path.of(environment);
        throw Failure.usage("say which server's home: --home DIR, or set SOBRE_HOME");
    }

    Home existing() {
        return Home.existing(path());
    }
}
