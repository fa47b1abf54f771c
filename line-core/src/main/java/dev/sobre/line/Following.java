package dev.sobre.line;

/** A standing wish to see what is said; closing it ends it. */
@FunctionalInterface
public interface Following extends AutoCloseable {
    @Override
    void close();
}
