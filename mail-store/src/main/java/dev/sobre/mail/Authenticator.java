package dev.sobre.mail;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Decides who may log in. Called on a session's own thread, which may wait here. An event loop may
 * carry that thread, but for {@link #verify} where it {@linkplain #mayBlock may block}: what is
 * asked by {@link #scram} and {@link #current} is answered without the disk, or by a thread of
 * one's own ({@link Aside}).
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Checks credentials.
     *
     * @param peer the client's address, for a fair share of the work and of wrong guesses; who may
     *     log in does not depend on it
     */
    Verdict verify(Credentials credentials, InetAddress peer);

    /**
     * The account of a login as it is now; empty when it is gone or disabled. Sessions last for
     * days: they ask again before they act with an account's rights.
     *
     * @param granted the account as it was when the login was granted
     */
    default Optional<Account> current(Account granted) {
        return Optional.of(granted);
    }

    /**
     * What SCRAM-SHA-256 needs to know of a user, be there one or not; empty where SCRAM is not
     * spoken. Its proof is checked before {@link Credentials.Scram} come here.
     *
     * @throws StoreException when accounts can't be read now
     */
    default Optional<ScramUser> scram(String user) {
        return Optional.empty();
    }

    /**
     * Whether {@link #verify} may hold up the thread that it runs on, by long work or by waits that
     * are not Java's own: then no event loop runs it, which takes two hand-overs a login.
     */
    default boolean mayBlock() {
        return true;
    }

    /** Whether SCRAM-SHA-256 is spoken. */
    default boolean speaksScram() {
        return false;
    }

    /** The answer to a login. */
    sealed interface Verdict {
        /** The credentials are right. */
        record Granted(Account account) implements Verdict {}

        /** They are not; unknown user and wrong password are one case and take the same time. */
        record Denied() implements Verdict {}

        /** Not decided now (overload, a store that does not answer): the client may try again. */
        record Unavailable(String reason) implements Verdict {}

        /**
         * Not looked at: too many different wrong passwords came from the client's address. Later
         * it may try again.
         */
        record PutOff() implements Verdict {}
    }
}
