package dev.sobre.imap;

import dev.sobre.imap.ReturnOptions.Option;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchStopped;
import dev.sobre.mail.search.SortKey;
import dev.sobre.mail.search.Waiter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/**
 * What SEARCH and SORT have in common: what is looked for, and how it is to be answered.
 *
 * @param tag of the command, which an ESEARCH response names
 * @param uids whether messages are called by their UIDs
 * @param returns empty for an answer in the manner of RFC 3501
 * @param order empty for that of the mailbox
 * @param program empty when the charset was not known
 */
record SearchRequest(
        String tag,
        boolean uids,
        Optional<ReturnOptions> returns,
        List<SortKey> order,
        Optional<SearchProgram> program) {

    /** To rate by a key takes some searches, each of which may take as long as a search may. */
    private static final int MOST_RATED = 20;

    SearchRequest {
        order = List.copyOf(order);
    }

    /** The messages that were found, and how well each matches. */
    private record Matches(ContextMembers hits, LongToIntFunction relevancy) {}

    /** Says what was found. */
    interface Answer {
        void write(Found found) throws IOException;
    }

    /**
     * Looks, and answers.
     *
     * @param name of the command, and of its untagged response in the manner of RFC 3501
     */
    Reply run(String name, Selected state, ImapWriter out) throws BadMessage, IOException {
        return run(name, state, out, found -> write(name, found, out));
    }

    /** Looks, and has another say what was found. */
    Reply run(String name, Selected state, ImapWriter out, Answer answer)
            throws BadMessage, IOException {
        if (returns.isPresent()) {
            returns.get().requireOffered(state.client(), /* sorted= */ !order.isEmpty());
        }
        if (program.isEmpty()) return refused(state, SearchProgram.badCharset());
        program.get().requireAllowed(state.client());
        requireFuzzy();
        // RFC 7162 §3.1: who asks for MODSEQs wants to hear of them.
        if (program.get().modSeqs()) state.view().enableCondstore(out);
        MailboxView view = state.view();
        if (wants(Option.UPDATE) && view.contexts().has(tag)) {
            return Reply.bad("another search that is updated has this tag");
        }
        MailboxIndex now = view.now();
        if (!order.isEmpty()) state.client().goThrough(now.size());
        state.client().lookThrough(now, program.get().keys());
        var key = program.get().in(view);
        var limit = MessageLimit.of(state.client());
        var share = limit.of(key, now, view.told(now));
        if (share.isCut() && !order.isEmpty()) { // RFC 9738 §3.3
            return refused(state, limit.refusal("sort fewer messages at a time"));
        }
        Matches matches;
        try {
            matches = find(key, share.uids(), now, state);
        } catch (SearchStopped e) {
            return refused(state, Reply.no("LIMIT", String.valueOf(e.getMessage())));
        }
        Found found = matches.hits.found(view.known(), now, uids).rated(matches.relevancy);
        answer.write(found);
        if (wants(Option.UPDATE) && share.isCut()) {
            SearchContexts.refuse(tag, "not all messages were looked at", out);
        } else if (wants(Option.UPDATE)) view.contexts().add(this, matches.hits, out);
        if (wants(Option.SAVE)) view.save(found.toSave(returns.orElseThrow()));
        return share.told(Reply.ok(name + " completed"), out);
    }

    private Matches find(SearchKey key, UidSet among, MailboxIndex now, Selected state) {
        MailboxView view = state.view();
        var search = state.client().service().search();
        var waiter = new Patience(state.client(), tag);
        UidSet found = search.find(view.id(), now, among, key, waiter);
        var relevancy = relevancy(view.id(), now, found, view, search, waiter);
        if (order.isEmpty()) return new Matches(new ContextMembers.Unordered(found), relevancy);
        var sorted = search.sort(view.id(), now, found, order, relevancy, waiter);
        return new Matches(new ContextMembers.Ordered(sorted), relevancy);
    }

    /** This with an ESEARCH response also where none was asked for. RFC 9051 §6.4.4. */
    SearchRequest extended() {
        if (returns.isPresent()) return this;
        return new SearchRequest(tag, uids, Optional.of(ReturnOptions.ALL), order, program);
    }

    boolean wants(Option option) {
        return returns.isPresent() && returns.get().has(option);
    }

    /** RFC 6203 §4, §6: without a FUZZY key there is nothing to rate. */
    void requireFuzzy() throws BadMessage {
        if (!isRated()) return;
        int keys = program.orElseThrow().fuzzy().size();
        if (keys == 0) throw new BadMessage("RELEVANCY is of what is FUZZY");
        if (keys > MOST_RATED) {
            throw new BadMessage("RELEVANCY is of " + MOST_RATED + " FUZZY keys at most");
        }
    }

    private boolean isRated() {
        return wants(Option.RELEVANCY)
                || order.stream().anyMatch(key -> key.field() == SortKey.Field.RELEVANCY);
    }

    /** How well messages match that were found, where somebody wants to know. */
    LongToIntFunction relevancy(
            MailboxId mailbox,
            MailboxIndex now,
            UidSet found,
            Numbers numbers,
            Search search,
            Waiter waiter) {
        if (!isRated()) return Relevancy.EQUAL;
        var keys = program.orElseThrow().fuzzyIn(numbers);
        return Relevancy.of(keys, mailbox, now, found, search, waiter);
    }

    private void write(String name, Found found, ImapWriter out) throws IOException {
        boolean modSeqs = program.orElseThrow().modSeqs();
        if (returns.isEmpty()) {
            out.put("* ").put(name);
            found.writeNumbers(modSeqs, out);
            out.endLine();
        } else if (returns.get().isAnswered()) {
            out.put("* ESEARCH (TAG ").string(tag).put(')');
            found.writeItems(returns.get(), modSeqs, out);
            out.endLine();
        }
    }

    /** RFC 5182 §2.1: a NO to a SEARCH that was to be saved leaves nothing saved. */
    private Reply refused(Selected state, Reply reply) {
        if (wants(Option.SAVE)) state.view().save(UidSet.NONE);
        return reply;
    }
}
