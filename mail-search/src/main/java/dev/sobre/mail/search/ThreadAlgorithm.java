package dev.sobre.mail.search;

/** How messages are put together as conversations. RFC 5256 §3, THREAD. */
public enum ThreadAlgorithm {
    /** By subject alone. */
    ORDEREDSUBJECT,
    /** By what each message refers to, and then by subject. */
    REFERENCES
}
