package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** SETMETADATA: sets and removes entries, all of them or none. RFC 5464 §4.3. */
record SetMetadata(String mailbox, Map<String, Optional<ByteBuffer>> entries)
        implements Command<LoggedIn> {

    static SetMetadata parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        in.space();
        in.expect('(');
        Map<String, Optional<ByteBuffer>> entries = new LinkedHashMap<>();
        do {
            String name = Annotations.name(in);
            in.space();
            entries.put(name, in.nstring8().map(ByteBuffer::wrap));
            if (entries.size() > Metadata.MOST_ENTRIES) throw new BadMessage("too many entries");
        } while (in.take(' '));
        in.expect(')');
        in.endOfLine();
        return new SetMetadata(mailbox, entries);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) {
        Metadata metadata = state.store().metadata();
        try {
            if (mailbox.isEmpty()) return setServer(metadata, state);
            Optional<Mailbox> found = state.login().find(mailbox);
            if (found.isEmpty() || !Annotations.mayUse(state.login().rights(found.get().id()))) {
                return state.login().refusal(mailbox, "NONEXISTENT");
            }
            if (!state.login().isOwn(mailbox) && any(Annotations.PRIVATE)) {
                return Reply.no("METADATA NOPRIVATE", "private entries are the owner's alone");
            }
            metadata.change(found.get().id(), entries);
            return Reply.ok("SETMETADATA completed");
        } catch (StoreException e) {
            return refused(e);
        }
    }

    /** RFC 5464 §3.3: shared entries of the server are not for users to set. */
    private Reply setServer(Metadata metadata, LoggedIn state) {
        if (any(Annotations.SHARED)) {
            return Reply.no("NOPERM", "what the server shares can't be set by clients");
        }
        metadata.change(state.login().account().id(), entries);
        return Reply.ok("SETMETADATA completed");
    }

    private boolean any(String scope) {
        return entries.keySet().stream()
                .anyMatch(n -> n.toLowerCase(Locale.ROOT).startsWith(scope));
    }

    private static Reply refused(StoreException e) {
        String text = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case TOO_LARGE -> Reply.no("METADATA MAXSIZE " + Metadata.LONGEST_VALUE, text);
            case LIMIT -> Reply.no("METADATA TOOMANY", text);
            default -> Reply.refused(e);
        };
    }
}
