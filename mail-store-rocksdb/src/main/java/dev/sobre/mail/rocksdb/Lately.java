package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Entries that each delivery asks for, as the last commits left them: accounts, what they hold, and
 * the states of mailboxes. Never stale, because only the writer thread, whose this is, changes any.
 */
final class Lately {

    private static final int MOST = 4096;

    private final Map<ByteBuffer, Optional<byte[]>> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<ByteBuffer, Optional<byte[]>> eldest) {
                    return size() > MOST;
                }
            };

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
        by.forEach(
                (key, value) -> {
                    if (isKept(key.get(0))) entries.put(key, value);
                });
    }

    /** Forgets everything: what is there has changed in another way. */
    void clear() {
        entries.clear();
    }

    private static boolean isKept(byte kind) {
        return kind == Keys.STATE || kind == Keys.USAGE || kind == Keys.ACCOUNT;
    }
}
