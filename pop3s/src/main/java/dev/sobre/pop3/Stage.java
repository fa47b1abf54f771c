package dev.sobre.pop3;

/** How far a client has come (RFC 1939 §3). */
sealed interface Stage {

    /** AUTHORIZATION, nothing said yet. */
    record Arrived() implements Stage {}

    /** AUTHORIZATION, after USER. */
    record Named(String user) implements Stage {}

    /** TRANSACTION. */
    record Open(Maildrop maildrop) implements Stage {}
}
