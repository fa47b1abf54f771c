package dev.sobre.mail.rocksdb;

import java.util.function.Consumer;

/**
 * What the parts of a repair work with.
 *
 * @param reads the draft as it is just now
 * @param said is told what was done, in plain words
 * @param lossy whether some metadata are gone, so that the segments know more
 */
record Mending(Draft draft, Reads reads, Entries entries, Consumer<String> said, boolean lossy) {

    void say(String what) {
        said.accept(what);
    }
}
