package dev.sobre.app.cert;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new key shall be locked with: asked for twice, from a file, or nothing. */
final class NewPassphrase {

    /** OpenSSL takes no shorter one. */
    private static final int SHORTEST = 4;

    @Option(
            names = "--passphrase",
            description = "Ask for a passphrase and lock the key with it (AES-256).")
    private boolean asked;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Lock the key with the first line of FILE.")
    private @Nullable Path file;

    Optional<Passphrase> choose() throws PkiException {
        if (file != null) return Optional.of(Passphrase.read(file));
        if (!asked) return Optional.empty();
        String passphrase = OldPassphrase.asked("Passphrase: ");
        if (passphrase.length() < SHORTEST) {
            throw new Failure("a passphrase needs at least " + SHORTEST + " characters");
        }
        if (!OldPassphrase.asked("Once more: ").equals(passphrase)) {
            throw new Failure("the two passphrases differ; nothing was written");
        }
        return Optional.of(Passphrase.of(passphrase));
    }
}
