package dev.sobre.app.home;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.ConfigurationError;
import dev.sobre.app.config.ConfigurationReader;
import dev.sobre.app.text.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directory that holds all there is of one server. */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** A home that has been set up. */
    public static Home existing(Path root) {
        var home = new Home(root);
        if (Files.isRegularFile(home.configurationFile())) return home;
        throw new Failure(
                home.root
                        + " is not the home of a server: it has no sobre.toml."
                        + " Make one with: sobre init --home "
                        + root
                        + " --domain example.org");
    }

    public Configuration configuration() {
        try {
            return ConfigurationReader.read(configurationFile());
        } catch (ConfigurationError e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    public Path configurationFile() {
        return root.resolve("sobre.toml");
    }

    /** Where the store lies. */
    public Path store(Configuration configuration) {
        return resolve(configuration.store().folder());
    }

    /** The index of texts, which can be made anew from the store. */
    public Path search() {
        return root.resolve("search");
    }

    /** The keys that sign what leaves, in a folder for each domain. */
    public Path dkim() {
        return root.resolve("dkim");
    }

    public Path tls() {
        return root.resolve("tls");
    }

    public Path authority() {
        return tls().resolve("ca.pem");
    }

    public Path lockFile() {
        return root.resolve("sobre.lock");
    }

    /** In a directory of its own, which keeps others out even before the socket has its mode. */
    public Path controlSocket() {
        return control().resolve("sobre.sock");
    }

    public Path control() {
        return root.resolve("control");
    }

    /** The folder for backups of the store, where one is configured. */
    public Optional<Path> backups(Configuration configuration) {
        return configuration.store().backupFolder().map(this::resolve);
    }

    /** A path that the configuration names. */
    public Path resolve(String path) {
        return root.resolve(path).normalize();
    }
}
