package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NOTIFY: what the client wants to hear of, also between commands. RFC 5465 §3.1.
 *
 * @param groups nothing for NONE
 * @param status whether the counters of what is watched are told first
 */
record Notify(Optional<List<EventGroup>> groups, boolean status) implements Command<LoggedIn> {

    private static final int MOST_GROUPS = 100;

    static Notify parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        String word = in.keyword();
        if (word.equals("NONE")) {
            in.endOfLine();
            return new Notify(Optional.empty(), false);
        }
        if (!word.equals("SET")) throw new BadMessage("NOTIFY takes SET or NONE");
        in.space();
        boolean status = in.takeWord("STATUS");
        if (status) in.space();
        List<EventGroup> groups = new ArrayList<>();
        do {
            groups.add(EventGroup.parse(in));
            if (groups.size() > MOST_GROUPS) throw new BadMessage("too many groups of events");
        } while (in.take(' '));
        in.endOfLine();
        if (groups.stream().filter(EventGroup::isOfSelected).count() > 1) {
            throw new BadMessage("SELECTED or SELECTED-DELAYED comes once");
        }
        return new Notify(Optional.of(List.copyOf(groups)), status);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Client client = state.client();
        if (groups.isEmpty()) {
            client.notices(Optional.empty());
            return Reply.ok("nothing more will be told");
        }
        if (!groups.get().stream().allMatch(EventGroup::known)) {
            return Reply.no("BADEVENT (" + NotifyEvent.names() + ")", "that is no event here");
        }
        if (state.login().mailboxes().size() > Notices.MOST_MAILBOXES) {
            return Reply.no("NOTIFICATIONOVERFLOW", "there are too many mailboxes to watch");
        }
        var notices = new Notices(state.login(), groups.get());
        client.notices(Optional.of(notices));
        notices.introduce(status, state, out);
        return Reply.ok("NOTIFY completed");
    }
}
