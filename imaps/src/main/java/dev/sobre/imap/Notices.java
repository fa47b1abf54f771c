package dev.sobre.imap;

import dev.sobre.imap.EventGroup.Filter;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.line.Wait;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Subscription;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a client has asked by NOTIFY to hear of, and what it has heard. Hints of the store wake the
 * session, which then compares what it told last with what is there. RFC 5465.
 */
final class Notices implements AutoCloseable {

    static final int MOST_MAILBOXES = 10_000;

    private final Login login;
    private final List<EventGroup> groups;
    private final Optional<EventGroup> ofSelected;
    private final Map<AccountId, Subscription> watches = new HashMap<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private WatchedMailboxes known;

    Notices(Login login, List<EventGroup> groups) {
        this.login = login;
        this.groups = groups;
        this.ofSelected = groups.stream().filter(EventGroup::isOfSelected).findFirst();
        watch(login.account().id());
        this.known = look(); // watched first, looked second: nothing can slip between
    }

    private WatchedMailboxes look() {
        var now = WatchedMailboxes.look(login, groups);
        now.owners().forEach(this::watch);
        return now;
    }

    private void watch(AccountId account) {
        watches.computeIfAbsent(
                account, a -> login.client().service().store().watch(a, this::hint));
    }

    private void hint(MailboxId changed) {
        hinted.set(true);
        login.client().connection().wake();
    }

    /** Tells where the client starts from, if it wants to hear. */
    void introduce(boolean status, LoggedIn state, ImapWriter out) throws IOException {
        known.introduce(status, selected(state), out);
    }

    /** Waits for a command and tells, meanwhile, of what happens. */
    void listen(LoggedIn state, ImapWriter out) throws IOException {
        var silence = new Silence(login.client());
        do tell(state, out, delayed() ? Verb.News.NO_EXPUNGE : Verb.News.ALL);
        while (silence.await(out) != Wait.INPUT);
    }

    private boolean delayed() {
        return ofSelected.filter(g -> g.filter() == Filter.SELECTED_DELAYED).isPresent();
    }

    /** Tells what happened since it was told last, of the selected mailbox and of others. */
    void tell(LoggedIn state, ImapWriter out, Verb.News allowed) throws IOException {
        if (state instanceof Selected s && ofSelected.isPresent()) tellSelected(s, out, allowed);
        if (!hinted.getAndSet(false)) return;
        WatchedMailboxes now = look();
        now.tellSince(known, selected(state), out);
        known = now;
    }

    /** As {@link MailboxView#tellNews}, with what is wanted of new messages. */
    void tellSelected(Selected state, ImapWriter out, Verb.News allowed) throws IOException {
        MailboxView view = state.view();
        long before = view.lastUid();
        boolean flags =
                ofSelected.isEmpty() || ofSelected.get().events().contains(NotifyEvent.FLAG_CHANGE);
        view.tellNews(out, allowed, flags);
        List<FetchItem> items = ofSelected.map(EventGroup::items).orElse(List.of());
        if (items.isEmpty() || view.lastUid() <= before) return;
        var fresh = new SequenceSet(List.of(new SequenceSet.Range(before + 1, view.lastUid())));
        try {
            new Fetch(fresh, true, items, FetchModifiers.NONE).run(state, out);
        } catch (BadMessage e) { // an item that is not offered, which nobody announced
            out.undoLine();
        }
    }

    private static Optional<MailboxId> selected(LoggedIn state) {
        return state instanceof Selected s ? Optional.of(s.view().id()) : Optional.empty();
    }

    @Override
    public void close() {
        watches.values().forEach(Subscription::close);
    }
}
