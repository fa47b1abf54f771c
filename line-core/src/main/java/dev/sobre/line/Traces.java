package dev.sobre.line;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who follows the sessions of whom. */
final class Traces {

    private final Map<String, List<Follower>> followers = new ConcurrentHashMap<>();

    /** Wraps a listener, so that the same one can follow twice. */
    private static final class Follower {
        private final Consumer<TraceLine> listener;

        Follower(Consumer<TraceLine> listener) {
            this.listener = listener;
        }
    }

    Following follow(String user, Consumer<TraceLine> listener) {
        var follower = new Follower(listener);
        followers.compute(
                user,
                (u, those) -> {
                    var all = those == null ? new CopyOnWriteArrayList<Follower>() : those;
                    all.add(follower);
                    return all;
                });
        return () ->
                followers.computeIfPresent(
                        user,
                        (u, those) -> {
                            those.remove(follower);
                            return those.isEmpty() ? null : those;
                        });
    }

    boolean follows(String user) {
        return followers.containsKey(user);
    }

    void tell(String user, TraceLine line) {
        for (Follower follower : followers.getOrDefault(user, List.of())) {
            follower.listener.accept(line);
        }
    }
}
