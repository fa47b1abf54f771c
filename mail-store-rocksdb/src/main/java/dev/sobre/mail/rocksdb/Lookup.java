package dev.sobre.mail.rocksdb;

import java.util.List;
import java.util.Optional;

/** Where what a commit needs to know is asked for: its group, or ahead of it {@link Foresight}. */
interface Lookup {

    /** An entry. */
    Optional<byte[]> get(byte[] key);

    /** Entries, in the order of their keys. */
    List<Optional<byte[]>> get(List<byte[]> keys);
}
