package dev.sobre.mail.rocksdb;

import java.io.IOException;

/**
 * One change to the store, made by the writer thread as a part of a group.
 *
 * @param <T> what the caller gets once the group is durable
 */
@FunctionalInterface
interface Commit<T> {

    /**
     * Puts the change into the group. A refusal ({@link dev.sobre.mail.StoreException}) is thrown
     * before anything was put there.
     */
    T stage(Group group) throws IOException;

    /** Whether it must be a group of its own, because it reads what other commits write. */
    default boolean alone() {
        return false;
    }

    /** A commit that is a group of its own. */
    static <T> Commit<T> byItself(Commit<T> commit) {
        return new Commit<>() {
            @Override
            public T stage(Group group) throws IOException {
                return commit.stage(group);
            }

            @Override
            public boolean alone() {
                return true;
            }
        };
    }
}
