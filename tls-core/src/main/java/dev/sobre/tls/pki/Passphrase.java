package dev.sobre.tls.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a private key is locked with: octets, as OpenSSL takes them, never shown. */
public final class Passphrase {
    private static final int LONGEST = 1024;

    private final byte[] octets;

    private Passphrase(byte[] octets) {
        this.octets = octets;
    }

    /** A passphrase that somebody typed, in UTF-8. */
    public static Passphrase of(String text) {
        return new Passphrase(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first line of a file, without its end; at most 1024 octets. */
    public static Passphrase read(Path file) throws PkiException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LONGEST + 2);
        } catch (IOException e) {
            throw PkiException.unreadable(file, e).in(file);
        }
        int end = 0;
        while (end < start.length && start[end] != '\n') end++;
        if (end > 0 && start[end - 1] == '\r') end--;
        if (end > LONGEST) {
            throw new PkiException(
                    file
                            + " begins with a line of more than "
                            + LONGEST
                            + " octets: no passphrase");
        }
        if (end == 0)
            throw new PkiException(file + " begins with no passphrase: its line is empty");
        return new Passphrase(Arrays.copyOf(start, end));
    }

    byte[] octets() {
        return octets.clone();
    }

    @Override
    public String toString() {
        return "a passphrase";
    }
}
