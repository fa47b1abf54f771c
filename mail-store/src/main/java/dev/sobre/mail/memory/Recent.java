package dev.sobre.mail.memory;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of the entries added last; an old one makes room for a new one. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private final int most;

    private Recent(int most) {
        this.most = most;
    }

    static <K, V> Recent<K, V> of(int most) {
        return new Recent<>(most);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
