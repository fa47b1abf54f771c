package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SEARCH under way: first what the index can decide, without looking at a message; then, for
 * those left in doubt, the messages themselves, on the threads kept for heavy work.
 */
final class SearchRun {

    private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

    /** So many messages are looked at in one go, before another session has its turn. */
    private static final int TURN = 64;

    private final MailStore store;
    private final MailboxView view;
    private final MailboxIndex now;
    private final SearchKey key;
    private final IdentityHashMap<SearchKey, UidSet> sets = new IdentityHashMap<>();

    private SearchRun(MailStore store, MailboxView view, SearchKey key) {
        this.store = store;
        this.view = view;
        this.now = view.now();
        this.key = key;
    }

    /**
     * @throws BadMessage when a sequence number is beyond the last
     */
    static SearchRun of(MailStore store, MailboxView view, SearchKey key) throws BadMessage {
        var run = new SearchRun(store, view, key);
        run.resolve(key);
        return run;
    }

    /** The UIDs of the messages, among those the client knows, for which the key holds. */
    UidSet found() throws IOException {
        var found = new UidSet.Builder();
        var doubtful = new UidSet.Builder();
        boolean doubts = false;
        for (int i = 0; i < view.size(); i++) {
            long uid = view.uid(i);
            int at = now.find(uid);
            if (at < 0) continue;
            Truth truth = decide(key, at);
            if (truth == Truth.YES) found.add(uid);
            if (truth == Truth.MAYBE) {
                doubtful.add(uid);
                doubts = true;
            }
        }
        return doubts ? found.build().plus(lookInto(doubtful.build())) : found.build();
    }

    /** What the index knows of an answer. */
    private enum Truth {
        NO,
        MAYBE,
        YES;

        static Truth of(boolean is) {
            return is ? YES : NO;
        }

        Truth not() {
            return switch (this) {
                case NO -> YES;
                case MAYBE -> MAYBE;
                case YES -> NO;
            };
        }
    }

    private Truth decide(SearchKey k, int at) {
        return switch (k) {
            case SearchKey.All all -> Truth.YES;
            case SearchKey.Recent recent -> Truth.of(view.isRecent(now.uid(at)));
            case SearchKey.Not not -> decide(not.key(), at).not();
            case SearchKey.And and -> {
                Truth least = Truth.YES;
                for (SearchKey each : and.keys()) least = least(least, decide(each, at));
                yield least;
            }
            case SearchKey.Or or ->
                    least(decide(or.first(), at).not(), decide(or.second(), at).not()).not();
            case SearchKey.Numbers n -> Truth.of(isIn(n, at));
            case SearchKey.Uids n -> Truth.of(isIn(n, at));
            case SearchKey.Has has -> Truth.of(now.flags(at).has(has.flag()));
            case SearchKey.Keyword w -> Truth.of(now.flags(at).hasKeyword(w.keyword()));
            case SearchKey.Larger larger -> Truth.of(now.octets(at) > larger.octets());
            case SearchKey.Smaller smaller -> Truth.of(now.octets(at) < smaller.octets());
            case SearchKey.Arrived a -> Truth.of(a.when().holds(arrived(at), a.day()));
            case SearchKey.Sent sent -> Truth.MAYBE;
            case SearchKey.Header header -> Truth.MAYBE;
            case SearchKey.Body body -> Truth.MAYBE;
            case SearchKey.Text text -> Truth.MAYBE;
        };
    }

    private static Truth least(Truth a, Truth b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private boolean isIn(SearchKey set, int at) {
        return sets.getOrDefault(set, UidSet.NONE).contains(now.uid(at));
    }

    private LocalDate arrived(int at) {
        return LocalDate.ofInstant(now.internalDate(at), ZoneOffset.UTC);
    }

    private UidSet lookInto(UidSet doubtful) throws IOException {
        var found = new UidSet.Builder();
        var turn = new UidSet.Builder();
        int count = 0;
        for (var each = doubtful.iterator(); each.hasNext(); ) {
            turn.add(each.nextLong());
            if (++count < TURN && each.hasNext()) continue;
            UidSet some = turn.build();
            for (long uid : HeavyWork.run(() -> matching(some))) found.add(uid);
            turn = new UidSet.Builder();
            count = 0;
        }
        return found.build();
    }

    private List<Long> matching(UidSet some) {
        var found = new ArrayList<Long>();
        try (var messages = store.messages(view.id(), some)) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                Message message = next.get();
                int at = now.find(message.uid());
                if (at >= 0 && matches(message, at)) found.add(message.uid());
            }
        }
        return found;
    }

    /** A message that can't be read does not match; the others are still found. */
    private boolean matches(Message message, int at) {
        try (var body = new MessageBody(store, message)) {
            return holds(key, at, new MessageText(body));
        } catch (IOException e) {
            LOG.warn("message {} in {} can't be read: {}", message.uid(), view.id(), e.toString());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.DAMAGED) throw e;
            LOG.warn("message {} in {} is damaged: {}", message.uid(), view.id(), e.toString());
        }
        return false;
    }

    /** The whole truth. What the index knows is asked first: a cheap NO saves looking. */
    private boolean holds(SearchKey k, int at, MessageText message) throws IOException {
        Truth known = decide(k, at);
        if (known != Truth.MAYBE) return known == Truth.YES;
        return switch (k) {
            case SearchKey.Not not -> !holds(not.key(), at, message);
            case SearchKey.Or or ->
                    holds(or.first(), at, message) || holds(or.second(), at, message);
            case SearchKey.And and -> {
                for (SearchKey each : and.keys()) {
                    if (!holds(each, at, message)) yield false;
                }
                yield true;
            }
            case SearchKey.Sent sent ->
                    message.sent().map(day -> sent.when().holds(day, sent.day())).orElse(false);
            case SearchKey.Header header -> message.headerHas(header.field(), header.text());
            case SearchKey.Body body -> message.bodyHas(body.text());
            case SearchKey.Text text -> message.has(text.text());
            default -> throw new IllegalStateException("the index decides " + k);
        };
    }

    /** Turns the sets of the key into UIDs, once. */
    private void resolve(SearchKey k) throws BadMessage {
        switch (k) {
            case SearchKey.Numbers n -> sets.put(n, view.resolve(n.set(), false));
            case SearchKey.Uids n -> sets.put(n, view.resolve(n.set(), true));
            case SearchKey.Not not -> resolve(not.key());
            case SearchKey.Or or -> {
                resolve(or.first());
                resolve(or.second());
            }
            case SearchKey.And and -> {
                for (SearchKey each : and.keys()) resolve(each);
            }
            default -> {}
        }
    }
}
