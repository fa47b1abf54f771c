package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SearchStopped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The searches of a selected mailbox whose results the client hears changes of. RFC 5267 §4.3. They
 * end with the selection.
 */
final class SearchContexts {

    /** So many searches are updated at once. */
    static final int MOST = 16;

    /** Of a result in another order than the mailbox's so many places are kept in memory. */
    private static final int MOST_ORDERED = 100_000;

    private final Client client;
    private final MailboxView view;
    private final Map<String, SearchContext> contexts = new LinkedHashMap<>();
    private int ordered; // messages, when they were added

    SearchContexts(Client client, MailboxView view) {
        this.client = client;
        this.view = view;
    }

    /** Whether a search with this tag is updated. */
    boolean has(String tag) {
        return contexts.containsKey(tag);
    }

    /** Keeps a search, or says that it is not updated. */
    void add(SearchRequest request, ContextMembers found, ImapWriter out) throws IOException {
        boolean keepsPlaces = found instanceof ContextMembers.Ordered;
        int places = keepsPlaces ? found.count() : 0;
        if (contexts.size() >= MOST || ordered + places > MOST_ORDERED) {
            refuse(request.tag(), "too many searches are updated", out);
            return;
        }
        ordered += places;
        var program = request.program().orElseThrow();
        contexts.put(request.tag(), new SearchContext(request, program, found, client, view));
    }

    /** Stops updating a search. Returns whether it was updated. */
    boolean cancel(String tag) {
        boolean known = contexts.remove(tag) != null;
        if (contexts.isEmpty()) ordered = 0;
        return known;
    }

    /** Tells of messages that are gone, before the client is told so. */
    void tellGone(UidSet gone, ImapWriter out) throws IOException {
        if (gone.isEmpty()) return;
        for (var each : contexts.values()) each.tellGone(gone, view.known(), out);
    }

    /** Tells of messages that are new or have other flags, after the client was told so. */
    void tellChanges(MailboxNews news, ImapWriter out) throws IOException {
        if (contexts.isEmpty()) return;
        MailboxIndex now = news.now();
        UidSet changed = news.changed();
        if (news.hasArrivals()) {
            changed = changed.plus(UidSet.range(view.lastUid() + 1, UidSet.HIGHEST));
        }
        changed = now.existing(changed);
        if (changed.isEmpty()) return;
        for (var each : List.copyOf(contexts.values())) {
            try {
                each.tellChanges(changed, now, out);
            } catch (SearchStopped e) {
                cancel(each.tag());
                refuse(each.tag(), String.valueOf(e.getMessage()), out);
            }
        }
    }

    /** RFC 5267 §4.3.1. */
    static void refuse(String tag, String why, ImapWriter out) throws IOException {
        out.put("* NO [NOUPDATE ").string(tag).put("] ").text(why).endLine();
    }
}
