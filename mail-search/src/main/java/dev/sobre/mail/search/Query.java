package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search under way, in steps: what the packed index of the mailbox can say, then what the text
 * index can exclude, then the texts of those left in doubt, which it has or which are read in the
 * store. Used by one thread at a time.
 */
final class Query implements Workers.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Query.class);

    /** So often the packed index is asked at once, on the thread that searches. */
    private static final int FEW = 20_000;

    /** So many messages are asked of the store in one go. */
    private static final int HANDFUL = 16;

    private final MailStore store;
    private final MailboxId mailbox;
    private final MailboxIndex now;
    private final UidSet among;
    private final SearchKey key;
    private final Facts facts;
    private final Runnable check;
    private final int textOctets;
    private final Narrowing narrowing;
    private final BitSet found;
    private final BitSet doubtful;
    private final ArrayDeque<Integer> unread = new ArrayDeque<>();
    private boolean sorted;
    private boolean narrowed;

    /**
     * @param among the messages that come into question
     * @param narrowing what the text index knows
     * @param check is run now and then, and ends the search by throwing
     */
    Query(
            MailStore store,
            MailboxId mailbox,
            MailboxIndex now,
            UidSet among,
            SearchKey key,
            Narrowing narrowing,
            int textOctets,
            Instant asked,
            Runnable check) {
        this.store = store;
        this.mailbox = mailbox;
        this.now = now;
        this.among = among;
        this.key = key;
        this.narrowing = narrowing;
        this.textOctets = textOctets;
        this.facts = new Facts(now, asked);
        this.check = check;
        this.found = new BitSet(now.size());
        this.doubtful = new BitSet();
    }

    @Override
    public boolean begin() {
        return (long) now.size() * narrowing.keys() > FEW || sort();
    }

    @Override
    public boolean turn(long until) {
        if (!sorted && !sort()) return false;
        if (!narrowed) narrow();
        return look(until);
    }

    /** Decides what is known without asking further. Returns whether there are others. */
    private boolean sort() {
        sorted = true;
        for (var at = now.positions(among); at.hasNext(); ) sort(at.nextInt());
        return !doubtful.isEmpty();
    }

    private void narrow() {
        narrowed = true;
        narrowing.narrow();
        var doubts = (BitSet) doubtful.clone();
        doubtful.clear();
        for (int at = doubts.nextSetBit(0); at >= 0; at = doubts.nextSetBit(at + 1)) sort(at);
    }

    private void sort(int at) {
        if ((at & 0xFFF) == 0) check.run();
        Truth truth = decide(key, at);
        if (truth == Truth.YES) found.set(at);
        if (truth == Truth.MAYBE) doubtful.set(at);
    }

    /** Looks at messages until a time. Returns whether there are more. */
    private boolean look(long until) {
        do {
            check.run();
            int at = doubtful.nextSetBit(0);
            if (at >= 0) {
                doubtful.clear(at);
                lookInto(at);
            } else if (!unread.isEmpty()) {
                readSome();
            } else {
                return false;
            }
        } while (System.nanoTime() < until);
        return true;
    }

    /** The messages for which the key holds. */
    UidSet found() {
        var uids = new UidSet.Builder();
        for (int at = found.nextSetBit(0); at >= 0; at = found.nextSetBit(at + 1)) {
            uids.add(now.uid(at));
        }
        return uids.build();
    }

    private void lookInto(int at) {
        Optional<Contents> text = narrowing.contents(at);
        if (text.isEmpty()) unread.add(at);
        else if (holds(at, text.get())) found.set(at);
    }

    private void readSome() {
        var some = new UidSet.Builder();
        for (int i = 0; i < HANDFUL && !unread.isEmpty(); i++) some.add(now.uid(unread.remove()));
        try (var messages = store.messages(mailbox, some.build())) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                check.run();
                Message message = next.get();
                int at = now.find(message.uid());
                try (var contents = new StoredContents(store, message, textOctets)) {
                    if (holds(at, contents)) found.set(at);
                }
            }
        }
    }

    /** A message that can't be read does not match; the others are still found. */
    private boolean holds(int at, Contents contents) {
        try {
            return holds(key, at, contents);
        } catch (IOException e) {
            LOG.warn("message {} in {} can't be read: {}", now.uid(at), mailbox, e.toString());
        } catch (StoreException e) {
            if (!isDamaged(e)) throw e;
            LOG.warn("message {} in {} is damaged: {}", now.uid(at), mailbox, e.toString());
        }
        return false;
    }

    /** Whether one message is concerned, and not the store. */
    static boolean isDamaged(StoreException e) {
        return e.reason() == StoreException.Reason.DAMAGED
                || e.reason() == StoreException.Reason.MISSING;
    }

    private Truth decide(SearchKey k, int at) {
        return switch (k) {
            case SearchKey.All all -> Truth.YES;
            case SearchKey.Not not -> decide(not.key(), at).not();
            case SearchKey.And and -> {
                Truth least = Truth.YES;
                for (var each : and.keys()) {
                    if (least == Truth.NO) break;
                    least = least.and(decide(each, at));
                }
                yield least;
            }
            case SearchKey.Or or -> {
                Truth most = Truth.NO;
                for (var each : or.keys()) {
                    if (most == Truth.YES) break;
                    most = most.or(decide(each, at));
                }
                yield most;
            }
            case SearchKey.Uids _,
                    SearchKey.Has _,
                    SearchKey.Keyword _,
                    SearchKey.Larger _,
                    SearchKey.Smaller _,
                    SearchKey.ModSeq _,
                    SearchKey.Arrived _,
                    SearchKey.Saved _,
                    SearchKey.Older _,
                    SearchKey.Younger _ ->
                    Truth.of(facts.holds(k, at));
            case SearchKey.OfEmail email -> Truth.MAYBE;
            case SearchKey.OfThread thread -> Truth.MAYBE;
            case SearchKey.Sent sent -> narrowing.decide(k, at);
            case SearchKey.Header header -> narrowing.decide(k, at);
            case SearchKey.Body body -> narrowing.decide(k, at);
            case SearchKey.Text text -> narrowing.decide(k, at);
        };
    }

    /** The whole truth. What is known without a look is asked first: a cheap NO saves looking. */
    private boolean holds(SearchKey k, int at, Contents contents) throws IOException {
        Truth known = decide(k, at);
        if (known != Truth.MAYBE) return known == Truth.YES;
        check.run(); // there may be thousands of keys, each with a long text to look at
        return switch (k) {
            case SearchKey.Not not -> !holds(not.key(), at, contents);
            case SearchKey.And and -> any(and.keys(), at, contents, false);
            case SearchKey.Or or -> any(or.keys(), at, contents, true);
            case SearchKey.OfEmail email -> contents.emailId().text().equals(email.id());
            case SearchKey.OfThread thread -> contents.threadId().text().equals(thread.id());
            case SearchKey.Sent sent -> narrowing.learn(k, at, sentThen(sent, contents));
            case SearchKey.Header header -> {
                var name = HeaderLines.name(header.field());
                boolean has =
                        name.isPresent() && contents.headerHas(name.get(), narrowing.needle(k));
                yield narrowing.learn(k, at, has);
            }
            case SearchKey.Body body ->
                    narrowing.learn(k, at, contents.bodyHas(narrowing.needle(k)));
            case SearchKey.Text text -> narrowing.learn(k, at, contents.has(narrowing.needle(k)));
            default -> throw new IllegalStateException("the index decides " + k);
        };
    }

    private static boolean sentThen(SearchKey.Sent sent, Contents contents) throws IOException {
        return contents.sent().map(d -> sent.when().holds(d, sent.day())).orElse(false);
    }

    /** Of OR, whether one holds; of AND, whether none fails. */
    private boolean any(List<SearchKey> keys, int at, Contents contents, boolean wanted)
            throws IOException {
        for (var each : keys) if (holds(each, at, contents) == wanted) return wanted;
        return !wanted;
    }
}
