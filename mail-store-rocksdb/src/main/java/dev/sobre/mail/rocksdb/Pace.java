package dev.sobre.mail.rocksdb;

/** How fast work in the background may use the disk. */
@FunctionalInterface
interface Pace {

    /** Waits as long as is due after so many octets were moved. */
    void moved(long octets);

    /** Waits no more, now and ever after. */
    default void stop() {}
}
