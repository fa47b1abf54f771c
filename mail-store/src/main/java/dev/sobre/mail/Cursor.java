package dev.sobre.mail;

import java.util.Optional;

/** Things read one after another; holds resources until closed. Used by one thread. */
public interface Cursor<T> extends AutoCloseable {

    /** The next one, or empty at the end. */
    Optional<T> next();

    @Override
    void close();
}
