package dev.sobre.mail;

/** A standing request for hints; closing it ends them. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
