package dev.sobre.mail;

import java.net.InetAddress;

/** Decides who may log in. Called on a session's own thread, which may wait here. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Checks credentials.
     *
     * @param peer the client's address, for a fair share of the work; not part of the decision
     */
    Verdict verify(Credentials credentials, InetAddress peer);

    /** The answer to a login. */
    sealed interface Verdict {
        /** The credentials are right. */
        record Granted(Account account) implements Verdict {}

        /** They are not; unknown user and wrong password are one case and take the same time. */
        record Denied() implements Verdict {}

        /** Not decided now (overload, a store that does not answer): the client may try again. */
        record Unavailable(String reason) implements Verdict {}
    }
}
