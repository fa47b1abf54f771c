package dev.sobre.app.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A command for administrators. It runs where the store is open, be that the server or the
 * command's own process, and talks through its caller only.
 */
public interface AdminCommand {

    /**
     * Does it.
     *
     * @return the exit code: 0 for done, 1 for failed
     * @throws dev.sobre.app.text.Failure with words for the user
     */
    int run(Office office, Caller caller) throws IOException;

    /** The file whose octets the caller passes on; nothing for standard input. */
    default Optional<Path> input() {
        return Optional.empty();
    }
}
