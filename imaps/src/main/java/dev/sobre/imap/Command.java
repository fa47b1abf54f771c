package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/**
 * A command that was read whole.
 *
 * @param <S> the state it can run in
 */
interface Command<S extends State> {

    /**
     * Does what is asked, writes untagged responses, and gives the tagged one.
     *
     * @throws BadMessage when what was asked makes no sense in this state
     */
    Reply run(S state, ImapWriter out) throws IOException, BadMessage;
}
