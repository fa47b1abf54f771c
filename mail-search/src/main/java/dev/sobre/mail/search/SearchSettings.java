package dev.sobre.mail.search;

import java.time.Duration;

/**
 * How searches run and how the index follows the store.
 *
 * @param looking how searches look at messages
 * @param indexing what the index takes in
 * @param times when the index does so
 */
public record SearchSettings(Looking looking, Indexing indexing, Times times) {

    /**
     * How searches look at messages.
     *
     * @param threads on which messages are looked at
     * @param waiting how many searches may wait for one of them
     * @param longest how long a search may take
     * @param answers octets that are kept of what earlier searches found in texts
     */
    public record Looking(int threads, int waiting, Duration longest, int answers) {
        public Looking {
            if (threads < 1 || waiting < 1) throw new IllegalArgumentException("no threads");
            if (answers < 0) throw new IllegalArgumentException("no memory");
        }
    }

    /**
     * What the index takes in.
     *
     * @param everything whether mailboxes are indexed in which nobody has looked for a text yet;
     *     else the first such search in a mailbox reads the messages, and indexing begins with it
     * @param textOctets so much of a message's text is indexed; of one that has more, what is not
     *     found in the index is looked for in the message
     * @param textPerSecond so many octets of text are indexed in a second at most, which bounds
     *     what making an index anew takes from others; a mail that arrives is found all the same
     * @param memory octets that the index may hold before it writes
     */
    public record Indexing(boolean everything, int textOctets, long textPerSecond, int memory) {
        public Indexing {
            if (textPerSecond < 1) throw new IllegalArgumentException("nothing would be indexed");
            if (textOctets < 0 || memory < 1 << 20) throw new IllegalArgumentException("no memory");
        }
    }

    /**
     * When the index does what it does.
     *
     * @param refresh how long what was indexed may wait before searches see it; until then they
     *     read the new messages
     * @param commit how long it may wait before it is on the disk
     * @param retry after a failure, how long until the next attempt
     * @param sweep how often new accounts are looked for, and what belongs to old ones is removed
     */
    public record Times(Duration refresh, Duration commit, Duration retry, Duration sweep) {}

    public static final SearchSettings DEFAULTS =
            new SearchSettings(
                    new Looking(
                            // Where there is one core, too, a long search keeps no other waiting.
                            Math.max(2, Runtime.getRuntime().availableProcessors()),
                            1024,
                            Duration.ofMinutes(10),
                            8 << 20),
                    new Indexing(false, 1 << 20, 8 << 20, 16 << 20),
                    new Times(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5)));

    public SearchSettings withLooking(Looking how) {
        return new SearchSettings(how, indexing, times);
    }

    public SearchSettings withIndexing(Indexing what) {
        return new SearchSettings(looking, what, times);
    }

    public SearchSettings withTimes(Times when) {
        return new SearchSettings(looking, indexing, when);
    }

    public SearchSettings withLongest(Duration time) {
        return withLooking(new Looking(looking.threads, looking.waiting, time, looking.answers));
    }

    /** Keeping so many octets of earlier answers; none of them with 0. */
    public SearchSettings withAnswers(int octets) {
        return withLooking(new Looking(looking.threads, looking.waiting, looking.longest, octets));
    }

    /** Indexing all mailboxes, whether somebody looks for texts there or not. */
    public SearchSettings withEverything(boolean everything) {
        return withIndexing(
                new Indexing(
                        everything, indexing.textOctets, indexing.textPerSecond, indexing.memory));
    }

    public SearchSettings withTextOctets(int octets) {
        return withIndexing(
                new Indexing(indexing.everything, octets, indexing.textPerSecond, indexing.memory));
    }

    public SearchSettings withTextPerSecond(long octets) {
        return withIndexing(
                new Indexing(indexing.everything, indexing.textOctets, octets, indexing.memory));
    }
}
