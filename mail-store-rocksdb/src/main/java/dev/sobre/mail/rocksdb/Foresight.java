package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit will ask for, asked by the thread that brings it, so that the one writer needs not.
 * It takes an answer from here unless a commit has changed the entry since ({@link Lately}).
 */
final class Foresight implements Lookup {

    private final Engine engine;
    private final long moment; // before anything was asked
    private final Map<ByteBuffer, Optional<byte[]>> answers = new HashMap<>();

    /**
     * @param moment {@link Lately#moment} before this was made
     */
    Foresight(Engine engine, long moment) {
        this.engine = engine;
        this.moment = moment;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        var answer = engine.get(key);
        answers.put(ByteBuffer.wrap(key), answer);
        return answer;
    }

    @Override
    public List<Optional<byte[]>> get(List<byte[]> keys) {
        List<Optional<byte[]>> found = new ArrayList<>(keys.size());
        for (byte[] key : keys) found.add(get(key));
        return found;
    }

    /** What was answered, if it was asked for and {@code lately} knows that it still holds. */
    Optional<Optional<byte[]>> still(ByteBuffer key, Lately lately) {
        return Optional.ofNullable(answers.get(key)).filter(_ -> lately.isUnchanged(key, moment));
    }
}
