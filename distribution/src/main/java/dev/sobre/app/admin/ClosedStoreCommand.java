package dev.sobre.app.admin;

import java.io.IOException;
import java.nio.file.Path;

/** A command that works on the closed store where no server runs, and so on one that won't open. */
public interface ClosedStoreCommand extends AdminCommand {

    /**
     * Does it, under the lock of the home.
     *
     * @param store the store's directory
     * @return the exit code
     */
    int runClosed(Path store, Caller caller) throws IOException;
}
