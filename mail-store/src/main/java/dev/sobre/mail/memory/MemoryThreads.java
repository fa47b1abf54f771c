package dev.sobre.mail.memory;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The threads of an account. Used with the store's lock held. */
final class MemoryThreads {

    private final Map<Long, ThreadId> table = new HashMap<>();

    /** Gives a message that arrives its thread. */
    ThreadId place(ThreadKeys keys, EmailId message) {
        var place = keys.place(message, this::find);
        for (long key : place.entries()) table.put(key, place.thread());
        return place.thread();
    }

    private List<Optional<ThreadId>> find(List<Long> keys) {
        return keys.stream().map(key -> Optional.ofNullable(table.get(key))).toList();
    }
}
