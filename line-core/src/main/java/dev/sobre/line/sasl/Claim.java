package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.AppSecret;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.ScramSalt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the store knows about the user of a login. */
sealed interface Claim {

    /** What an app password is tried with that nobody can have. */
    ScramSalt NOBODYS = ScramSalt.random();

    /**
     * There is such an account, and it is not disabled.
     *
     * @param stored its own password as it is stored, if it has one
     * @param keyring its app passwords, where the client's password looks like one
     */
    record Known(Account account, Optional<String> stored, Optional<Keyring> keyring)
            implements Claim {

        /** The app passwords that are not over. */
        List<AppPassword> live() {
            return keyring.map(ring -> ring.live(Instant.now())).orElse(List.of());
        }
    }

    record Nobody() implements Claim {}

    /** An account's own password, which can be verified. */
    record Main(String stored, PasswordHash hash) {}

    /** Whose login it is, where there is somebody. */
    default Optional<Account> whose() {
        return this instanceof Known known ? Optional.of(known.account()) : Optional.empty();
    }

    /** The app password that this is; one computation whoever asks. */
    default Optional<AppPassword> app(AppSecret secret) {
        var keyring = this instanceof Known known ? known.keyring() : Optional.<Keyring>empty();
        var keys = keyring.map(Keyring::salt).orElse(NOBODYS).keys(secret.text());
        return keyring.flatMap(ring -> ring.match(keys, Instant.now()));
    }
}
