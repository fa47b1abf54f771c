package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import java.io.IOException;

/**
 * The reading of commands alone, with no mailbox to run them on: for benchmarks and fuzzers, not
 * for embedders.
 */
public final class CommandSyntax {

    private CommandSyntax() {}

    /**
     * Reads a command from its tag to the end of its last line; the message of an APPEND stays in
     * the input, see {@link ImapReader#drop}.
     *
     * @return the command, as an opaque value
     * @throws BadMessage when it is none
     */
    public static Object read(ImapReader in) throws BadMessage, IOException {
        in.tag();
        in.space();
        return Verbs.read(in).parser().parse(in);
    }
}
