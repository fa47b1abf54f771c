package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * GETQUOTAROOT: the quota that a mailbox counts against, or would if it was there. RFC 9208 §4.1.2.
 */
record GetQuotaRoot(String mailbox) implements Command<LoggedIn> {

    static GetQuotaRoot parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new GetQuotaRoot(mailbox);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Login login = state.login();
        // RFC 9208 §6: of somebody else's mailbox only those hear who may read it.
        boolean own = login.isOwn(mailbox);
        var found = login.find(mailbox, 'r');
        if (!own && found.isEmpty()) return login.refusal(mailbox, "NONEXISTENT");
        var owner = own ? login.account().id() : found.get().id().account();
        Optional<QuotaRoot> root = QuotaRoot.of(owner, state);
        if (root.isEmpty()) return Reply.no("NONEXISTENT", "there is no such account any more");
        out.put("* QUOTAROOT ").mailbox(mailbox).put(' ');
        out.string(root.get().account().address()).endLine();
        root.get().write(state, out);
        return Reply.ok("GETQUOTAROOT completed");
    }
}
