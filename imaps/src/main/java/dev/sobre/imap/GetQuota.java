package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.Optional;

/** GETQUOTA: what a quota root holds and may hold. RFC 9208 §4.1.1. */
record GetQuota(String root) implements Command<LoggedIn> {

    static GetQuota parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String root = in.astring();
        in.endOfLine();
        return new GetQuota(root);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<QuotaRoot> found = QuotaRoot.named(root, state);
        if (found.isEmpty()) return Reply.no("NONEXISTENT", "there is no such quota root");
        found.get().write(state, out);
        return Reply.ok("GETQUOTA completed");
    }
}
