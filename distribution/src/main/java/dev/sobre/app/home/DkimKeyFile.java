package dev.sobre.app.home;

import dev.sobre.smtp.dkim.DkimKey;
import dev.sobre.tls.pki.KeyForm;
import dev.sobre.tls.pki.KeyKind;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.Optional;

/** A key that signs mail, in a file whose path says for whom: {@code DOMAIN/SELECTOR.key}. */
public final class DkimKeyFile {

    private static final String END = ".key";

    private DkimKeyFile() {}

    /** Reads one. */
    public static DkimKey read(Path file) throws PkiException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !file.toString().endsWith(END)) {
            throw new PkiException(file + " is not named DOMAIN/SELECTOR.key");
        }
        String name = String.valueOf(file.getFileName());
        String selector = name.substring(0, name.length() - END.length());
        var key = PemFiles.key(file);
        try {
            return DkimKey.of(String.valueOf(folder.getFileName()), selector, key);
        } catch (PkiException e) {
            throw new PkiException(file + ": " + e.getMessage(), e);
        }
    }

    /** Makes one, for its owner alone, in place of what was there. */
    public static DkimKey make(Path file, KeyKind kind) throws PkiException {
        PemFiles.writeKey(file, kind.make(), KeyForm.PKCS8, Optional.empty());
        return read(file);
    }
}
