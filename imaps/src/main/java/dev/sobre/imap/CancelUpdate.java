package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** CANCELUPDATE: the client does not want to hear more of searches. RFC 5267 §4.3.5. */
record CancelUpdate(List<String> tags) implements Command<Selected> {

    static CancelUpdate parse(ImapReader in) throws BadMessage, IOException {
        List<String> tags = new ArrayList<>();
        do {
            in.space();
            tags.add(in.quoted());
        } while (!in.atEnd());
        return new CancelUpdate(List.copyOf(tags));
    }

    @Override
    public Reply run(Selected state, ImapWriter out) {
        var contexts = state.view().contexts();
        for (String tag : tags) {
            if (!contexts.has(tag)) return Reply.bad("no search with such a tag is updated");
        }
        tags.forEach(contexts::cancel);
        return Reply.ok("CANCELUPDATE completed");
    }
}
