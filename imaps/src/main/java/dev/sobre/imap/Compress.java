package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/** COMPRESS: from the answer on, both ways are compressed. RFC 4978. */
record Compress(String algorithm) implements Command<LoggedIn> {

    static Compress parse(ImapReader in) throws BadMessage {
        in.space();
        String algorithm = in.keyword();
        in.endOfLine();
        return new Compress(algorithm);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Client client = state.client();
        if (!algorithm.equals("DEFLATE")) return Reply.bad("only DEFLATE is known here");
        if (client.compresses()) {
            return Reply.bad("DEFLATE is active already").code("COMPRESSIONACTIVE");
        }
        // RFC 4978 §3: what is here already can't be known to be plain or compressed.
        if (client.connection().hasInput()) {
            return Reply.bad("wait for the answer before you go on");
        }
        client.compress();
        return Reply.ok("DEFLATE active");
    }
}
