package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Appended;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * APPEND: puts messages into a mailbox, as they arrive, all or none. RFC 3501 §6.3.11; RFC 3502
 * (MULTIAPPEND); RFC 4315 (APPENDUID).
 *
 * @param in where the octets of the first message follow, and further messages
 */
record Append(String mailbox, AppendedMessage first, ImapReader in) implements Command<LoggedIn> {

    static Append parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        return new Append(mailbox, AppendedMessage.parse(in), in);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        Optional<Mailbox> found = state.login().find(mailbox, 'i');
        if (found.isEmpty()) return state.login().refusal(mailbox, "TRYCREATE");
        try (var uploads = new Uploads(state, in, found.get().id())) {
            Optional<Reply> refused = uploads.takeAll(first);
            if (refused.isPresent()) return refused.get();
            var at = state.store().append(found.get().id(), uploads.deliveries());
            return Reply.ok("APPEND completed").code(code(state.client(), at));
        }
    }

    /** {@code APPENDUID 38505 3955:3957}, in the order of the messages, which ascends. */
    static String code(Client client, List<Appended> at) {
        if (!client.offers(Feature.UIDPLUS)) return "";
        var uids = UidSet.of(at.stream().map(Appended::uid).toList());
        return "APPENDUID " + at.getFirst().uidValidity() + " " + uids;
    }
}
