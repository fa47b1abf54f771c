package dev.sobre.line.sasl;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest different guesses of many, each counted for as long as {@link Guesses} says. Bounded:
 * whose last new guess is the longest ago is forgotten first.
 *
 * @param <K> who is counted
 */
final class Tally<K> {

    private record Guess(long mark, long since) {}

    /** What one has made; and since when it is known that there were too many. */
    private static final class Made {
        private final ArrayDeque<Guess> guesses = new ArrayDeque<>();
        private Optional<Long> told = Optional.empty();
    }

    private final int most;
    private final long life; // of a guess, in nanoseconds
    private final Map<K, Made> all;

    Tally(int kept, Guesses guesses) {
        this.most = guesses.most();
        this.life = guesses.within().toNanos();
        this.all =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, Made> eldest) {
                        return size() > kept;
                    }
                };
    }

    /** Whether somebody has made all the guesses there may be, and this is none of them. */
    synchronized boolean isFullWithout(K who, long mark, long now) {
        Made made = all.get(who);
        if (made == null) return false;
        forget(made, now);
        if (made.guesses.isEmpty()) all.remove(who);
        return made.guesses.size() >= most && !holds(made, mark);
    }

    /**
     * Counts a guess, unless it was made before.
     *
     * @return whether it is time to tell that somebody makes too many: once in a guess's life
     */
    synchronized boolean fills(K who, long mark, long now) {
        Made made = all.getOrDefault(who, new Made());
        forget(made, now);
        if (holds(made, mark)) return false;
        if (made.guesses.size() >= most) made.guesses.removeFirst();
        made.guesses.addLast(new Guess(mark, now));
        all.remove(who); // so that it is put behind the others
        all.put(who, made);
        if (made.guesses.size() < most || made.told.isPresent()) return false;
        made.told = Optional.of(now);
        return true;
    }

    synchronized int size() {
        return all.size();
    }

    private static boolean holds(Made made, long mark) {
        return made.guesses.stream().anyMatch(guess -> guess.mark == mark);
    }

    private void forget(Made made, long now) {
        var guesses = made.guesses;
        while (!guesses.isEmpty() && now - guesses.getFirst().since >= life) guesses.removeFirst();
        made.told = made.told.filter(since -> now - since < life);
    }
}
