package dev.sobre.line;

/** Why a server ends a session that its client did not end. */
public enum Farewell {
    /** The server stops. */
    SHUTTING_DOWN,
    /** A logged-in client was silent for too long. */
    IDLE,
    /** The client did not log in in time. */
    LOGIN_TOO_SLOW,
    /** There are too many connections, in all or from this address. */
    TOO_MANY_CONNECTIONS,
    /** The client sent more than the limits allow. */
    TOO_MUCH_INPUT,
    /** The client sent more than a login takes, and did not log in. */
    TOO_MUCH_BEFORE_LOGIN,
    /** The client was wrong too often about what a command is. */
    TOO_MANY_MISTAKES,
    /** The client was wrong too often about a password. */
    LOGINS_REFUSED,
    /** The account of the session was changed or removed. */
    ACCOUNT_CHANGED,
    /** A bug or a failure on our side. */
    FAULT
}
