package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some mailboxes, and the events there that a client wants to hear of. RFC 5465 §8.
 *
 * @param names those of SUBTREE and MAILBOXES
 * @param known whether all its events are known here
 * @param items what is told of a new message in the selected mailbox
 */
record EventGroup(
        Filter filter,
        List<String> names,
        Set<NotifyEvent> events,
        boolean known,
        List<FetchItem> items) {

    private static final int MOST_NAMES = 1000;

    /** Which mailboxes are meant. RFC 5465 §6. */
    enum Filter {
        SELECTED,
        SELECTED_DELAYED,
        INBOXES,
        PERSONAL,
        SUBSCRIBED,
        SUBTREE,
        MAILBOXES
    }

    static EventGroup parse(ImapReader in) throws BadMessage, IOException {
        in.expect('(');
        Filter filter = filter(in.keyword());
        in.space();
        List<String> names = List.of();
        if (filter == Filter.SUBTREE || filter == Filter.MAILBOXES) {
            names = names(in);
            in.space();
        }
        var group = events(filter, names, in);
        in.expect(')');
        group.check();
        return group;
    }

    private static Filter filter(String word) throws BadMessage {
        for (Filter filter : Filter.values()) {
            if (filter.name().replace('_', '-').equals(word)) return filter;
        }
        throw new BadMessage("NOTIFY knows no such mailboxes");
    }

    private static List<String> names(ImapReader in) throws BadMessage, IOException {
        if (!in.take('(')) return List.of(in.mailbox());
        List<String> names = new ArrayList<>();
        do {
            names.add(in.mailbox());
            if (names.size() > MOST_NAMES) throw new BadMessage("too many mailboxes");
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(names);
    }

    private static EventGroup events(Filter filter, List<String> names, ImapReader in)
            throws BadMessage, IOException {
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        List<FetchItem> items = List.of();
        boolean known = true;
        if (in.takeWord("NONE")) return new EventGroup(filter, names, events, true, items);
        in.expect('(');
        boolean more = true;
        while (more) {
            Optional<NotifyEvent> event = NotifyEvent.named(in.keyword());
            event.ifPresent(events::add);
            known &= event.isPresent();
            more = in.take(' ');
            if (more && in.isNext('(')) {
                if (event.isEmpty() || event.get() != NotifyEvent.MESSAGE_NEW) {
                    throw new BadMessage("items are for MessageNew");
                }
                items = Fetch.list(in);
                more = in.take(' ');
            }
        }
        in.expect(')');
        return new EventGroup(filter, names, events, known, items);
    }

    /** RFC 5465 §5, §6.1, §8. */
    private void check() throws BadMessage {
        boolean arrivals = events.contains(NotifyEvent.MESSAGE_NEW);
        if (arrivals != events.contains(NotifyEvent.MESSAGE_EXPUNGE)) {
            throw new BadMessage("MessageNew and MessageExpunge come together");
        }
        if (events.contains(NotifyEvent.FLAG_CHANGE) && !arrivals) {
            throw new BadMessage("FlagChange needs MessageNew and MessageExpunge");
        }
        if (isOfSelected() && !events.stream().allMatch(NotifyEvent::isOfMessage)) {
            throw new BadMessage("the selected mailbox has events of messages only");
        }
        if (!isOfSelected() && !items.isEmpty()) {
            throw new BadMessage("items are for the selected mailbox");
        }
    }

    boolean isOfSelected() {
        return filter == Filter.SELECTED || filter == Filter.SELECTED_DELAYED;
    }

    /** Whether a mailbox, selected or not, is among those that are named. */
    boolean means(Mailbox mailbox, boolean own) {
        String name = mailbox.name();
        return switch (filter) {
            case SELECTED, SELECTED_DELAYED -> false;
            // RFC 5465 §6.3: mail can be delivered to any of a user's mailboxes.
            case INBOXES, PERSONAL -> own;
            case SUBSCRIBED -> mailbox.subscribed();
            case MAILBOXES -> names.contains(name);
            case SUBTREE ->
                    names.stream().anyMatch(n -> name.equals(n) || name.startsWith(n + "/"));
        };
    }
}
