package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.ConfigurationText;
import dev.sobre.app.home.Home;
import dev.sobre.app.home.HomeLock;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Sets up a home: keys and certificates, an empty store, and last its {@code sobre.toml}. */
public final class FirstRun {

    private FirstRun() {}

    /** Makes a home where there is nothing yet; what is there is never overwritten. */
    public static Home create(Path root, Configuration configuration) {
        var home = new Home(root);
        try {
            refuseOverwriting(home, configuration);
            Files.createDirectories(home.root());
            ownersOnly(home.store(configuration));
            try (var lock =
                    HomeLock.take(home).orElseThrow(() -> new Failure(root + " is in use"))) {
                certify(home, configuration);
                Stores.open(home, configuration).close();
            }
            Files.writeString(
                    home.configurationFile(),
                    ConfigurationText.of(configuration),
                    StandardOpenOption.CREATE_NEW);
            return home;
        } catch (IOException e) {
            throw new Failure("can't set up " + home.root() + ": " + Reason.of(e), e);
        } catch (PkiException e) {
            throw new Failure("can't set up " + home.root() + ": " + e.getMessage(), e);
        }
    }

    private static void refuseOverwriting(Home home, Configuration configuration)
            throws IOException {
        Path store = home.store(configuration);
        for (Path kept : List.of(home.configurationFile(), home.tls(), store)) {
            if (Files.exists(kept)) {
                throw new Failure(
                        kept
                                + " is there already and is not overwritten; choose another --home"
                                + (Files.exists(home.configurationFile())
                                        ? ", or start this one with: sobre serve --home "
                                                + home.root()
                                        : ", or delete what an interrupted init left there"));
            }
        }
        if (!Files.exists(home.root())) return;
        if (!Files.isDirectory(home.root())) {
            throw new Failure(home.root() + " is a file; choose another --home");
        }
        try (Stream<Path> content = Files.list(home.root())) {
            if (content.findAny().isPresent()) {
                throw new Failure(home.root() + " is not empty; choose another --home");
            }
        }
    }

    private static void ownersOnly(Path directory) throws IOException {
        Files.createDirectory(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void certify(Home home, Configuration configuration) throws PkiException {
        // This machine's own names too, so that a check from here needs no exception.
        var names =
                new LinkedHashSet<>(
                        List.of(
                                configuration.hostname(),
                                configuration.domain(),
                                "localhost",
                                "127.0.0.1",
                                "::1"));
        var authority = LocalCa.create(home.tls(), List.copyOf(names));
        PemFiles.write(
                home.resolve(configuration.certificate().chain()),
                home.resolve(configuration.certificate().key()),
                authority.issue(List.copyOf(names)));
    }
}
