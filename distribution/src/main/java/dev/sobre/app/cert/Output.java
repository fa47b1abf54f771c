package dev.sobre.app.cert;

import dev.sobre.app.text.Failure;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --force}, without which no file that is there is written to. */
final class Output {

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    /** Refuses a file that may not be written, before anything is made for it. */
    Path free(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!force) {
                throw new Failure(
                        file
                                + " is there already; choose another name, or replace it with --force");
            }
            if (!Files.isRegularFile(file)) {
                throw new Failure(file + " is no ordinary file and is not replaced");
            }
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new Failure("there is no directory " + directory + "; make it with mkdir -p");
        }
        return file;
    }
}
