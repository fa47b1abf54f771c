package dev.sobre.imap;

import dev.sobre.imap.MailboxFilter.Kind;
import dev.sobre.imap.ReturnOptions.Option;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SearchStopped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ESEARCH: a search in several mailboxes, which need not be selected. RFC 7377. */
record MultiSearch(List<MailboxFilter> sources, SearchRequest request)
        implements Command<LoggedIn> {

    /** RFC 7377 §2.2: what is meant without a source. */
    private static final List<MailboxFilter> SELECTED =
            List.of(new MailboxFilter(Kind.SELECTED, List.of()));

    static MultiSearch parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        var sources = sources(in);
        var returns = ReturnOptions.parse(in).orElse(ReturnOptions.ALL);
        var program = SearchProgram.parse(in);
        return new MultiSearch(
                sources,
                new SearchRequest(in.lastTag(), true, Optional.of(returns), List.of(), program));
    }

    private static List<MailboxFilter> sources(ImapReader in) throws BadMessage, IOException {
        if (!in.takeWord("IN")) return SELECTED;
        in.space();
        in.expect('(');
        List<MailboxFilter> sources = new ArrayList<>();
        do sources.add(MailboxFilter.parse(in));
        while (in.take(' '));
        in.expect(')');
        in.space();
        return List.copyOf(sources);
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws BadMessage, IOException {
        request.returns().orElseThrow().requireOffered(state.client(), /* sorted= */ false);
        Optional<Selected> selected =
                state instanceof Selected s ? Optional.of(s) : Optional.empty();
        boolean only = sources.stream().allMatch(source -> source.kind() == Kind.SELECTED);
        if (selected.isEmpty() && sources.stream().anyMatch(s -> s.kind() == Kind.SELECTED)) {
            return Reply.bad("SELECT a mailbox first, or say IN which to search");
        }
        if (!only && (request.wants(Option.SAVE) || request.wants(Option.UPDATE))) {
            return Reply.bad("SAVE and UPDATE are for the selected mailbox alone");
        }
        if (request.program().isEmpty()) return SearchProgram.badCharset();
        request.program().get().requireAllowed(state.client());
        request.requireFuzzy();
        state.client().connection().stepAside();
        if (request.program().get().modSeqs()) enableCondstore(state, out);
        Collection<Mailbox> meant = only ? List.of() : meant(state.login());
        var limit = MessageLimit.of(state.client());
        if (!only && !limit.isNone() && !limit.allows(inQuestion(meant, state))) {
            return limit.refusal("search fewer messages at a time");
        }
        for (Mailbox mailbox : meant) {
            if (selected.filter(s -> s.view().id().equals(mailbox.id())).isPresent()) continue;
            Reply reply = elsewhere(mailbox, state, out);
            if (reply.status() != Reply.Status.OK) return reply;
        }
        if (selected.isPresent() && isMeant(selected.get())) return here(selected.get(), out);
        return Reply.ok("ESEARCH completed");
    }

    private static void enableCondstore(LoggedIn state, ImapWriter out) throws IOException {
        if (state instanceof Selected s) s.view().enableCondstore(out);
        else state.client().enable(Extension.CONDSTORE);
    }

    /**
     * The mailboxes that are meant and may be read. RFC 7377 §2.2: one that is not named must be
     * visible too; of others not a word is said.
     */
    private Collection<Mailbox> meant(Login login) {
        Map<MailboxId, Mailbox> meant = new LinkedHashMap<>();
        for (Mailbox each : login.mailboxes()) {
            boolean asked = sources.stream().anyMatch(source -> source.means(each, login));
            if (each.exists() && asked && login.rights(each.id()).has('r')) {
                meant.put(each.id(), each);
            }
        }
        for (var source : sources) {
            for (String name : source.names()) {
                login.find(name, 'r').ifPresent(each -> meant.putIfAbsent(each.id(), each));
            }
        }
        return meant.values();
    }

    /**
     * How many messages are looked at in all mailboxes. RFC 9738 §3.1: which of too many come first
     * is a matter of their UIDs, and those of several mailboxes can't be compared.
     */
    private long inQuestion(Collection<Mailbox> mailboxes, LoggedIn state) {
        Map<MailboxId, Optional<Numbers>> all = new LinkedHashMap<>();
        for (Mailbox each : mailboxes) all.put(each.id(), Optional.empty());
        if (state instanceof Selected s && isMeant(s)) {
            all.put(s.view().id(), Optional.of(s.view()));
        }
        long count = 0;
        for (var each : all.entrySet()) {
            try {
                MailboxIndex now = state.store().index(each.getKey());
                var elsewhere = new IndexNumbers(state.store(), each.getKey(), now);
                Numbers numbers = each.getValue().orElse(elsewhere);
                var key = request.program().orElseThrow().in(numbers);
                count += MessageLimit.inQuestion(key, now, UidSet.ALL).count();
            } catch (StoreException e) {
                if (e.reason() != StoreException.Reason.MISSING) throw e;
            }
        }
        return count;
    }

    private boolean isMeant(Selected state) {
        var id = state.view().id();
        return sources.stream().anyMatch(source -> source.kind() == Kind.SELECTED)
                || meant(state.login()).stream().anyMatch(each -> each.id().equals(id));
    }

    private Reply here(Selected state, ImapWriter out) throws BadMessage, IOException {
        MailboxView view = state.view();
        return request.run("ESEARCH", state, out, found -> write(view.name(), found, out));
    }

    private Reply elsewhere(Mailbox mailbox, LoggedIn state, ImapWriter out) throws IOException {
        Found rated;
        try {
            MailboxIndex now = state.store().index(mailbox.id());
            var numbers = new IndexNumbers(state.store(), mailbox.id(), now);
            var key = request.program().orElseThrow().in(numbers);
            var search = state.client().service().search();
            var waiter = new Patience(state.client(), request.tag());
            UidSet found = search.find(mailbox.id(), now, UidSet.ALL, key, waiter);
            rated =
                    Found.of(now, now, found, true)
                            .rated(
                                    request.relevancy(
                                            mailbox.id(), now, found, numbers, search, waiter));
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.MISSING) throw e;
            return Reply.ok("the mailbox was deleted meanwhile");
        } catch (SearchStopped e) {
            return Reply.no("LIMIT", String.valueOf(e.getMessage()));
        }
        write(mailbox.name(), rated, out);
        return Reply.ok("ESEARCH completed");
    }

    /** RFC 7377 §2.1: of mailboxes in which nothing is found nothing is said. */
    private void write(String name, Found found, ImapWriter out) throws IOException {
        var wanted = request.returns().orElseThrow();
        if (found.count() == 0 || !wanted.isAnswered()) return;
        out.put("* ESEARCH (TAG ").string(request.tag()).put(" MAILBOX ").mailbox(name);
        out.put(" UIDVALIDITY ").number(found.now().state().uidValidity()).put(')');
        found.writeItems(wanted, request.program().orElseThrow().modSeqs(), out);
        out.endLine();
    }
}
