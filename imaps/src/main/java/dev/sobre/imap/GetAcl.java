package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** GETACL: who may do what with a mailbox. RFC 4314 §3.3. */
record GetAcl(String mailbox) implements Command<LoggedIn> {

    static GetAcl parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new GetAcl(mailbox);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Optional<Mailbox> found = state.login().find(mailbox, 'a');
        if (found.isEmpty()) return state.login().refusal(mailbox, "NONEXISTENT");
        AccountId owner = found.get().id().account();
        out.put("* ACL ").mailbox(mailbox);
        AclIdentifier.of(owner, state).ifPresent(name -> put(name, Rights.ALL, out));
        Map<String, Rights> others = new TreeMap<>();
        state.store()
                .sharing()
                .list(found.get().id())
                .forEach((id, r) -> AclIdentifier.of(id, state).ifPresent(n -> others.put(n, r)));
        others.forEach((name, rights) -> put(name, rights, out));
        out.endLine();
        return Reply.ok("GETACL completed");
    }

    private static void put(String identifier, Rights rights, ImapWriter out) {
        out.put(' ').astring(identifier).put(' ').astring(AclIdentifier.letters(rights));
    }
}
