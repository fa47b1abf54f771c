package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the last commits changed. Of entries that each delivery asks for (accounts, what they hold,
 * and the states of mailboxes) it knows what they are: never stale, because only the writer thread,
 * whose this is, changes any. Of all others it knows whether they changed lately, except numbers
 * that RocksDB adds to.
 */
final class Lately {

    private static final int MOST = 4096;
    private static final int GROUPS = 4;
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<ByteBuffer, Optional<byte[]>> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<ByteBuffer, Optional<byte[]>> eldest) {
                    return size() > MOST;
                }
            };

    private final Deque<Map<ByteBuffer, Optional<byte[]>>> groups =
            new ArrayDeque<>(); // last first
    private volatile long moment; // counts the groups that everybody can see
    private long comparable; // from this moment on all changes are in groups

    /** Now. What is read after this was asked has all changes that were made until then. */
    long moment() {
        return moment;
    }

    /** Whether it is certain that an entry has not changed since a moment. */
    boolean isUnchanged(ByteBuffer key, long since) {
        long later = moment - since;
        if (since < comparable || later > groups.size()) return false;
        return groups.stream().limit(later).noneMatch(changed -> changed.containsKey(key));
    }

    /** An entry as the commits before left it, which {@code read} gives when it isn't here. */
    Optional<byte[]> get(byte[] key, Supplier<Optional<byte[]>> read) {
        if (!isKept(key[0])) return read.get();
        var known = entries.get(ByteBuffer.wrap(key));
        if (known != null) return known;
        var found = read.get();
        entries.put(ByteBuffer.wrap(key), found);
        return found;
    }

    /** Takes note of what a commit, shown to everybody now, made of entries. */
    void changed(Map<ByteBuffer, Optional<byte[]>> by) {
        groups.addFirst(by);
        if (groups.size() > GROUPS) groups.removeLast();
        long now = moment + 1;
        if (comparable == NEVER) comparable = now;
        moment = now;
        by.forEach(
                (key, value) -> {
                    if (isKept(key.get(0))) entries.put(key, value);
                });
    }

    /**
     * Forgets everything: what is there has changed in another way, or will have when the next
     * group is shown.
     */
    void clear() {
        entries.clear();
        groups.clear();
        comparable = NEVER;
    }

    private static boolean isKept(byte kind) {
        return kind == Keys.STATE || kind == Keys.USAGE || kind == Keys.ACCOUNT;
    }
}
