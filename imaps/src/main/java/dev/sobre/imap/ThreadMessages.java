package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.search.SearchStopped;
import dev.sobre.mail.search.ThreadAlgorithm;
import dev.sobre.mail.search.ThreadNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** THREAD and UID THREAD: messages as conversations. RFC 5256 §3. */
record ThreadMessages(
        String tag, ThreadAlgorithm algorithm, Optional<SearchProgram> program, boolean uids)
        implements Command<Selected> {

    static ThreadMessages parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static ThreadMessages parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static ThreadMessages parse(ImapReader in, boolean uids)
            throws BadMessage, IOException {
        in.space();
        var algorithm = algorithm(in.keyword());
        in.space();
        var program = SearchProgram.parseWithCharset(in);
        return new ThreadMessages(in.lastTag(), algorithm, program, uids);
    }

    private static ThreadAlgorithm algorithm(String name) throws BadMessage {
        for (var each : ThreadAlgorithm.values()) if (each.name().equals(name)) return each;
        throw new BadMessage("THREAD knows no such algorithm");
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws BadMessage, IOException {
        state.client().require(feature());
        if (program.isEmpty()) return SearchProgram.badCharset();
        program.get().requireAllowed(state.client());
        MailboxView view = state.view();
        var search = state.client().service().search();
        var waiter = new Patience(state.client(), tag);
        List<ThreadNode> threads;
        MailboxIndex now = view.now();
        state.client().goThrough(now.size());
        state.client().lookThrough(now, program.get().keys());
        var key = program.get().in(view);
        var limit = MessageLimit.of(state.client());
        var share = limit.of(key, now, view.told(now));
        if (share.isCut()) return limit.refusal("thread fewer messages at a time"); // RFC 9738 §3.3
        try {
            var found = search.find(view.id(), now, share.uids(), key, waiter);
            threads = search.thread(view.id(), now, found, algorithm, waiter);
        } catch (SearchStopped e) {
            return Reply.no("LIMIT", String.valueOf(e.getMessage()));
        }
        out.put("* THREAD");
        if (!threads.isEmpty()) out.put(' ');
        for (var thread : threads) write(thread, view, out);
        out.endLine();
        return Reply.ok("THREAD completed");
    }

    private Feature feature() {
        return switch (algorithm) {
            case ORDEREDSUBJECT -> Feature.THREAD_ORDEREDSUBJECT;
            case REFERENCES -> Feature.THREAD_REFERENCES;
        };
    }

    /**
     * RFC 5256 §4: {@code (3 6 (4 23)(44 7 96))}. One child follows its parent, several have a list
     * each. However deep it goes, nothing recurses.
     */
    private void write(ThreadNode thread, MailboxView view, ImapWriter out) {
        var open = new ArrayDeque<Iterator<ThreadNode>>();
        open.push(begin(thread, view, out));
        while (!open.isEmpty()) {
            if (open.peek().hasNext()) {
                open.push(begin(open.peek().next(), view, out));
            } else {
                out.put(')');
                open.pop();
            }
        }
    }

    /** Begins a list, with a message and those that follow it alone. Returns the lists inside. */
    private Iterator<ThreadNode> begin(ThreadNode first, MailboxView view, ImapWriter out) {
        out.put('(');
        ThreadNode node = first;
        if (!node.isDummy()) out.number(number(node, view));
        while (node.children().size() == 1) {
            node = node.children().getFirst();
            out.put(' ').number(number(node, view));
        }
        if (!node.children().isEmpty() && !node.isDummy()) out.put(' ');
        return node.children().iterator();
    }

    private long number(ThreadNode node, MailboxView view) {
        return uids ? node.uid() : view.sequence(node.uid());
    }
}
