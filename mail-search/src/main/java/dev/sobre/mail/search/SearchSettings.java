package dev.sobre.mail.search;

import java.time.Duration;

/**
 * How searches run and how the index follows the store.
 *
 * @param threads on which messages are looked at
 * @param waiting how many searches may wait for one of them
 * @param longest how long a search may take
 * @param textOctets so much of a message's text is indexed; of one that has more, what is not found
 *     in the index is looked for in the message
 * @param textPerSecond so many octets of text are indexed in a second at most, which bounds what
 *     making an index anew takes from others; a mail that arrives is found all the same
 * @param memory octets that the index may hold before it writes
 * @param answers octets that are kept of what earlier searches found in texts
 * @param refresh how long what was indexed may wait before searches see it; until then they read
 *     the new messages
 * @param commit how long it may wait before it is on the disk
 * @param retry after a failure, how long until the next attempt
 * @param sweep how often new accounts are looked for, and what belongs to old ones is removed
 */
public record SearchSettings(
        int threads,
        int waiting,
        Duration longest,
        int textOctets,
        long textPerSecond,
        int memory,
        int answers,
        Duration refresh,
        Duration commit,
        Duration retry,
        Duration sweep) {

    public static final SearchSettings DEFAULTS =
            new SearchSettings(
                    Runtime.getRuntime().availableProcessors(),
                    1024,
                    Duration.ofMinutes(10),
                    1 << 20,
                    8 << 20,
                    16 << 20,
                    8 << 20,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5));

    public SearchSettings {
        if (threads < 1 || waiting < 1) throw new IllegalArgumentException("no threads");
        if (textPerSecond < 1) throw new IllegalArgumentException("nothing would be indexed");
        if (textOctets < 0 || memory < 1 << 20 || answers < 0)
            throw new IllegalArgumentException("no memory");
    }

    public SearchSettings withLongest(Duration time) {
        return new SearchSettings(
                threads,
                waiting,
                time,
                textOctets,
                textPerSecond,
                memory,
                answers,
                refresh,
                commit,
                retry,
                sweep);
    }

    public SearchSettings withTextOctets(int octets) {
        return withTexts(octets, textPerSecond, answers);
    }

    public SearchSettings withTextPerSecond(long octets) {
        return withTexts(textOctets, octets, answers);
    }

    /** Keeping so many octets of earlier answers; none of them with 0. */
    public SearchSettings withAnswers(int octets) {
        return withTexts(textOctets, textPerSecond, octets);
    }

    private SearchSettings withTexts(int longestText, long perSecond, int kept) {
        return new SearchSettings(
                threads,
                waiting,
                longest,
                longestText,
                perSecond,
                memory,
                kept,
                refresh,
                commit,
                retry,
                sweep);
    }

    /** With these times between the steps of the index. */
    public SearchSettings withPace(
            Duration toRefresh, Duration toCommit, Duration toRetry, Duration toSweep) {
        return new SearchSettings(
                threads,
                waiting,
                longest,
                textOctets,
                textPerSecond,
                memory,
                answers,
                toRefresh,
                toCommit,
                toRetry,
                toSweep);
    }
}
