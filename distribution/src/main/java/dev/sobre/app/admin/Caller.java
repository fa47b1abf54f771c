package dev.sobre.app.admin;

import dev.sobre.line.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Whoever runs a command: where the text goes, and the octets that only their process can read. */
public interface Caller {

    Terminal terminal();

    /** Says what went wrong: standard error, where there is one. */
    void complain(String problem) throws IOException;

    /** Standard input, or the file that the command line names ({@link AdminCommand#input}). */
    Input input();

    /**
     * A file or folder of this machine that the caller names, relative to where it stands. Only a
     * caller who could read and write it without us has files here: the user who runs the server,
     * or root.
     */
    Path file(String name);

    /**
     * Octets from the caller's process.
     *
     * @param length how many there are, or -1 where that is not known
     */
    record Input(InputStream octets, long length) {}
}
