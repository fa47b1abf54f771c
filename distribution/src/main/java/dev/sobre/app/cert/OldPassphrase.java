package dev.sobre.app.cert;

import dev.sobre.app.text.Consoles;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The passphrase of a key that is there: from a file, or asked for where it is needed. */
final class OldPassphrase {

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Its first line opens the key (default: asked for, if needed).")
    private @Nullable Path file;

    /** Reads a key. */
    PrivateKey key(Path key) throws PkiException {
        return PemFiles.key(key, of(key));
    }

    Optional<Passphrase> of(Path key) throws PkiException {
        return ifNeeded(key, PemFiles.locked(key));
    }

    /** The passphrase of a file, asked for only if there is nothing to tell without it. */
    Optional<Passphrase> ifNeeded(Path of, boolean needed) throws PkiException {
        if (file != null) return Optional.of(Passphrase.read(file));
        return needed
                ? Optional.of(Passphrase.of(asked("Passphrase of " + of + ": ")))
                : Optional.empty();
    }

    /** Asks without an echo. */
    static String asked(String prompt) {
        var console =
                Consoles.interactive()
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                "there is no terminal to ask for the passphrase on;"
                                                        + " give --passphrase-file"));
        char[] secret = console.readPassword("%s", prompt);
        if (secret == null) throw new Failure("no passphrase, so nothing was done");
        return new String(secret);
    }
}
