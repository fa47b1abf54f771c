package dev.sobre.mail;

import java.util.List;

/**
 * What a server must know of a user for SCRAM (RFC 5802).
 *
 * @param salt made up where there is no such user, so that nobody can tell
 * @param keys of the passwords that are accepted; none where there are none
 */
public record ScramUser(ScramSalt salt, List<ScramKeys> keys) {

    public ScramUser {
        keys = List.copyOf(keys);
    }
}
