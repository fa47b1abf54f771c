package dev.sobre.app.cert;

import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --dir DIR}: which authority, and what opens its key. */
final class CaOption {

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Where the authority is: ca.pem and ca.key; in a home, its tls.")
    private Path directory = Path.of("");

    @Mixin private OldPassphrase passphrase = new OldPassphrase();

    LocalCa open() throws PkiException {
        return LocalCa.load(directory, passphrase.of(LocalCa.key(directory)));
    }
}
