package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** ENABLE: the client knows extensions that change our answers. RFC 5161 §3.1. */
record Enable(List<String> capabilities) implements Command<State.Authenticated> {

    static Enable parse(ImapReader in) throws BadMessage {
        List<String> capabilities = new ArrayList<>();
        do {
            in.space();
            capabilities.add(in.keyword());
        } while (!in.atEnd());
        return new Enable(List.copyOf(capabilities));
    }

    /** RFC 5161 §3.2: what is not known or not to be enabled is passed over without a word. */
    @Override
    public Reply run(State.Authenticated state, ImapWriter out) throws IOException {
        Client client = state.client();
        out.put("* ENABLED");
        for (var extension : Extension.values()) {
            Feature feature = extension.feature();
            if (!client.offers(feature)) continue;
            if (!capabilities.contains(feature.word())) continue;
            client.enable(extension);
            out.put(' ').put(feature.capability());
        }
        out.endLine();
        return Reply.ok("ENABLE completed");
    }
}
