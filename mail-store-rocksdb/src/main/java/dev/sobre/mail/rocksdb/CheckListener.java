package dev.sobre.mail.rocksdb;

/** Whoever has a store checked. */
public interface CheckListener {

    /** Something was found. */
    void found(Finding finding);

    /** So many octets of so many were looked at. */
    default void progress(long done, long total) {}
}
