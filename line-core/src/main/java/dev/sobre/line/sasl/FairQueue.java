package dev.sobre.line.sasl;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded queue in which origins take turns. One origin may fill it while nobody else comes; when
 * it is full, a newcomer from an origin that holds less pushes out the newest item of the origin
 * that holds most. Guarded by its owner.
 *
 * @param <O> who is waiting
 * @param <T> what waits
 */
final class FairQueue<O, T> {

    private final int capacity;
    private final Map<O, ArrayDeque<T>> waiting = new LinkedHashMap<>(); // in the order of turns
    private int size;

    FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Puts an item in, or somebody out.
     *
     * @return the item that did not find or keep a place: this one, another, or none
     */
    Optional<T> offer(O origin, T item) {
        if (size < capacity) {
            add(origin, item);
            return Optional.empty();
        }
        var greediest =
                waiting.entrySet().stream()
                        .max(Comparator.comparingInt(entry -> entry.getValue().size()));
        // After the exchange the newcomer must not hold more than the one who lost a place.
        if (greediest.isEmpty() || greediest.get().getValue().size() <= held(origin) + 1) {
            return Optional.of(item);
        }
        var out = greediest.get().getValue().removeLast();
        size--;
        add(origin, item);
        return Optional.of(out);
    }

    /** Takes the oldest item of the origin whose turn it is. */
    Optional<T> poll() {
        var turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) return Optional.empty();
        var turn = turns.next();
        var origin = turn.getKey();
        var items = turn.getValue();
        turns.remove();
        var item = items.removeFirst();
        size--;
        if (!items.isEmpty()) waiting.put(origin, items); // behind everybody else
        return Optional.of(item);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    private int held(O origin) {
        var items = waiting.get(origin);
        return items == null ? 0 : items.size();
    }

    private void add(O origin, T item) {
        waiting.computeIfAbsent(origin, o -> new ArrayDeque<>()).addLast(item);
        size++;
    }
}
