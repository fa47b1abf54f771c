package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages in the mailboxes of a store. May be used on any thread, virtual ones included:
 * what takes time is done on threads of its own, and callers wait. The answer is that of reading
 * every message, whether there is an index, and however far it has come.
 */
public final class Search implements AutoCloseable {

    /** So often the packed index of a mailbox can be asked in less time than a hand-over takes. */
    private static final int BRIEF = 50_000;

    private final MailStore store;
    private final SearchSettings settings;
    private final @Nullable SearchIndex index;
    private final Workers workers;
    private final Answers answers;

    private Search(MailStore store, SearchSettings settings, @Nullable SearchIndex index) {
        this.store = store;
        this.settings = settings;
        this.index = index;
        this.workers = new Workers(settings);
        this.answers = new Answers(settings.looking().answers());
    }

    /** Without an index: texts are looked for in the messages themselves. */
    public static Search scanning(MailStore store, SearchSettings settings) {
        return new Search(store, settings, null);
    }

    /** With an index, which follows the store in the background. */
    public static Search open(MailStore store, Path directory) {
        return open(store, directory, SearchSettings.DEFAULTS);
    }

    /**
     * With an index, which follows the store in the background. When it is lost, damaged or can't
     * be written, searches take longer.
     *
     * @param directory the index's own, which nobody else writes to
     */
    public static Search open(MailStore store, Path directory, SearchSettings settings) {
        return new Search(store, settings, new SearchIndex(store, directory, settings));
    }

    /** The messages of a mailbox for which a key holds. */
    public UidSet find(MailboxId mailbox, SearchKey key) {
        return find(mailbox, store.index(mailbox), UidSet.ALL, key, () -> false);
    }

    /**
     * The messages for which a key holds.
     *
     * @param now the mailbox as it is to be searched
     * @param among the messages that come into question
     * @param waiter whose going ends the search
     * @throws SearchStopped when it took too long, was waiter, or too many others wait
     * @throws IllegalArgumentException when keys are nested deeper than {@link SearchKey#DEEPEST}
     */
    public UidSet find(
            MailboxId mailbox, MailboxIndex now, UidSet among, SearchKey key, Waiter waiter) {
        try (var narrowing =
                new Narrowing(mailbox, now, key, answers, () -> wanted(mailbox), this::failed)) {
            Instant asked = Instant.now();
            int text = settings.indexing().textOctets();
            Function<Runnable, Query> query =
                    check ->
                            new Query(
                                    store, mailbox, now, among, key, narrowing, text, asked, check);
            boolean brief = narrowing.isIdle() && (long) now.size() * narrowing.keys() <= BRIEF;
            return (brief ? workers.doneHere(waiter, query) : workers.done(waiter, query)).found();
        }
    }

    /**
     * Messages in an order, those that are not there any more left out. RFC 5256.
     *
     * @param now the mailbox as it was searched
     * @param which messages
     * @param order what is compared first, second and so on; at the end it is the UID
     * @throws SearchStopped as {@link #find} does, and when they are too many
     */
    public List<SortPlace> sort(
            MailboxId mailbox, MailboxIndex now, UidSet which, List<SortKey> order, Waiter waiter) {
        return sort(mailbox, now, which, order, uid -> 100, waiter);
    }

    /**
     * Messages in an order that knows of relevancy. RFC 6203.
     *
     * @param relevancy of a message, by its UID: 1 to 100
     */
    public List<SortPlace> sort(
            MailboxId mailbox,
            MailboxIndex now,
            UidSet which,
            List<SortKey> order,
            LongToIntFunction relevancy,
            Waiter waiter) {
        return workers.doneHolding(
                        now.count(which),
                        waiter,
                        check -> new Sorting(store, mailbox, now, which, order, relevancy, check))
                .places();
    }

    /**
     * Messages as conversations, those that are not there any more left out. RFC 5256.
     *
     * @throws SearchStopped as {@link #find} does, and when they are too many
     */
    public List<ThreadNode> thread(
            MailboxId mailbox,
            MailboxIndex now,
            UidSet which,
            ThreadAlgorithm algorithm,
            Waiter waiter) {
        return workers.doneHolding(
                        now.count(which),
                        waiter,
                        check -> new Threading(store, mailbox, now, which, algorithm, check))
                .threads();
    }

    /** Whether the index has all that the store is known to have, and searches see it. */
    public boolean isIndexed() {
        return index != null && index.isIdle();
    }

    /** What the index knows now. */
    Optional<Snapshot> snapshot() {
        return index == null ? Optional.empty() : index.snapshot();
    }

    /** What the index knows now, which is to know of this mailbox from now on. */
    private Optional<Snapshot> wanted(MailboxId mailbox) {
        if (index != null) index.want(mailbox);
        return snapshot();
    }

    private void failed(Throwable why) {
        answers.clear();
        if (index != null) index.suspect(why);
    }

    /** Ends searches under way, after their turn, and the index. Safe to call twice. */
    @Override
    public void close() {
        workers.close();
        if (index != null) index.close();
    }
}
