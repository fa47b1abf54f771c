package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * ENABLE: the client knows extensions that change our answers. None of those here does so far, so
 * none is enabled, which is an answer RFC 5161 §3.2 foresees.
 */
record Enable(List<String> capabilities) implements Command<State.Authenticated> {

    static Enable parse(ImapReader in) throws BadMessage {
        List<String> capabilities = new ArrayList<>();
        do {
            in.space();
            capabilities.add(in.keyword());
        } while (!in.atEnd());
        return new Enable(List.copyOf(capabilities));
    }

    @Override
    public Reply run(State.Authenticated state, ImapWriter out) throws IOException {
        out.put("* ENABLED").endLine();
        return Reply.ok("ENABLE completed");
    }
}
