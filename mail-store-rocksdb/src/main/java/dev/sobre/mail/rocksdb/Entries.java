package dev.sobre.mail.rocksdb;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored entries that need not be what they should. */
final class Entries {

    private static final Logger LOG = LoggerFactory.getLogger(Entries.class);

    /** What an entry says; empty when it can't be understood. */
    <T> Optional<T> decode(Supplier<T> decoder) {
        try {
            return Optional.of(decoder.get());
        } catch (RuntimeException e) {
            LOG.debug("an entry that can't be understood", e);
            return Optional.empty();
        }
    }
}
