package dev.sobre.imap;

import dev.sobre.imap.ContextMembers.Change;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.List;

/** One search whose result the client hears changes of. RFC 5267 §4.3. */
final class SearchContext {

    private final SearchRequest request;
    private final SearchProgram program;
    private final ContextMembers members;
    private final ContextNumbers numbers;
    private final Client client;
    private final MailboxView view;

    SearchContext(
            SearchRequest request,
            SearchProgram program,
            ContextMembers members,
            Client client,
            MailboxView view) {
        this.request = request;
        this.program = program;
        this.members = members;
        this.client = client;
        this.view = view;
        this.numbers = new ContextNumbers(view);
        program.in(numbers); // what numbers mean is settled now
    }

    String tag() {
        return request.tag();
    }

    /**
     * Tells of messages that are gone, before the client is told so: RFC 5267 §4.3.4.
     *
     * @param known the mailbox as the client knows it
     */
    void tellGone(UidSet gone, MailboxIndex known, ImapWriter out) throws IOException {
        UidSet lost = members.among(gone);
        if (!lost.isEmpty()) write(" REMOVEFROM", members.remove(lost), known, out);
    }

    /**
     * Tells of messages that match now and did not before, or the other way round, after the client
     * was told of them.
     *
     * @param changed messages that are new or have other flags
     * @throws dev.sobre.mail.search.SearchStopped when that can't be found out
     */
    void tellChanges(UidSet changed, MailboxIndex now, ImapWriter out) throws IOException {
        numbers.now(now);
        var search = client.service().search();
        var key = program.in(numbers);
        UidSet matching = search.find(view.id(), now, changed, key, client.gone());
        UidSet before = members.among(changed);
        UidSet lost = before.minus(matching);
        if (!lost.isEmpty()) write(" REMOVEFROM", members.remove(lost), now, out);
        UidSet won = matching.minus(before);
        if (!won.isEmpty()) write(" ADDTO", added(won, now), now, out);
    }

    private List<Change> added(UidSet won, MailboxIndex now) {
        return switch (members) {
            case ContextMembers.Unordered list -> list.add(won);
            case ContextMembers.Ordered list -> {
                var search = client.service().search();
                var mailbox = view.id();
                var rated = request.relevancy(mailbox, now, won, numbers, search, client.gone());
                var order = request.order();
                yield list.add(search.sort(mailbox, now, won, order, rated, client.gone()));
            }
        };
    }

    private void write(String item, List<Change> changes, MailboxIndex index, ImapWriter out)
            throws IOException {
        if (changes.isEmpty()) return;
        out.put("* ESEARCH (TAG ").string(request.tag()).put(')');
        if (request.uids()) out.put(" UID");
        String before = " (";
        out.put(item);
        for (Change change : changes) {
            UidSet called =
                    request.uids() ? change.messages() : sequences(change.messages(), index);
            out.put(before).number(change.position()).put(' ').put(called.toString());
            before = " ";
        }
        out.put(')').endLine();
    }

    private static UidSet sequences(UidSet uids, MailboxIndex index) {
        var numbers = new UidSet.Builder();
        for (var at = index.positions(uids); at.hasNext(); ) numbers.add(at.nextInt() + 1);
        return numbers.build();
    }
}
