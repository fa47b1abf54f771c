package dev.sobre.line.sasl;

import dev.sobre.mail.AppSecret;
import java.util.Optional;

/**
 * A password to be checked.
 *
 * @param app the same where it looks like an app password. What is computed for it depends on its
 *     look alone, not on whether the account has any: that would tell by the time it takes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attempt(byte[] password, Optional<AppSecret> app) {

    /** Nothing where no password can be so. */
    static Optional<Attempt> of(String password) {
        return SaslText.prepare(password)
                .map(octets -> new Attempt(octets, AppSecret.read(password)));
    }

    @Override
    public String toString() {
        return "Attempt";
    }
}
