package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.ScramKeys;
import dev.sobre.mail.ScramUser;
import dev.sobre.mail.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts as logins see them: what is asked of them, and what a login leaves there. A disabled
 * account is nobody's.
 */
final class Users {

    private static final Logger LOG = LoggerFactory.getLogger(Users.class);

    private final Accounts accounts;

    Users(Accounts accounts) {
        this.accounts = accounts;
    }

    Optional<Account> find(String user) {
        return accounts.find(user).filter(account -> !account.disabled());
    }

    /** The account for which a certificate stands. */
    Optional<Account> find(Credentials.External external) {
        return external.account(accounts).filter(account -> !account.disabled());
    }

    /** The account as it is now. */
    Optional<Account> current(Account account) {
        return accounts.get(account.id()).filter(now -> !now.disabled());
    }

    Claim claim(String user, Attempt attempt) {
        Optional<Account> account = find(user);
        if (account.isEmpty()) return new Claim.Nobody();
        var id = account.get().id();
        Optional<Keyring> keyring =
                attempt.app().isPresent() ? accounts.appPasswords().find(id) : Optional.empty();
        return new Claim.Known(account.get(), accounts.passwordHash(id), keyring);
    }

    /** An account's own password, read only for who has not just logged in with it. */
    Optional<Claim.Main> main(Claim.Known claim) {
        if (claim.stored().isEmpty()) return Optional.empty();
        String stored = claim.stored().get();
        return switch (PasswordHash.parse(stored)) {
            case PasswordHash.Reading.Supported(var hash) ->
                    Optional.of(new Claim.Main(stored, hash));
            case PasswordHash.Reading.Unsupported(var reason) -> {
                long id = claim.account().id().value();
                LOG.warn("the password of account {} can't be checked: {}", id, reason);
                yield Optional.empty();
            }
        };
    }

    /** The keys are those of app passwords: of a password that people choose none are kept. */
    ScramUser scram(String user) {
        var passwords = accounts.appPasswords();
        var decoy = passwords.decoy(user);
        Optional<Keyring> keyring = find(user).flatMap(found -> passwords.find(found.id()));
        var live = keyring.map(ring -> ring.live(Instant.now())).orElse(List.of());
        var keys = live.stream().map(AppPassword::keys).toList();
        return new ScramUser(keyring.map(Keyring::salt).orElse(decoy), keys);
    }

    /** The app password whose keys a client has proved to have. */
    Optional<AppPassword> app(Account account, ScramKeys keys) {
        return accounts.appPasswords()
                .find(account.id())
                .flatMap(ring -> ring.match(keys, Instant.now()));
    }

    /** Replaces a hash by one of today's. */
    void rehash(AccountId id, String stored, byte[] password, Argon2Memory memory) {
        try {
            String fresh = Argon2Hash.create(password, memory).phc();
            // The password may have been changed since; the old one must not come back.
            if (accounts.replacePasswordHash(id, stored, fresh)) {
                LOG.info("the password of account {} is stored as Argon2id now", id.value());
            }
        } catch (RuntimeException failed) {
            LOG.warn("the password of account {} could not be hashed anew", id.value(), failed);
        }
    }

    /** Writes down that an app password is in use. */
    void used(Account account, AppPassword app) {
        var now = Instant.now();
        if (!app.stale(now)) return;
        try {
            accounts.appPasswords().used(account.id(), app.name(), now);
        } catch (StoreException failed) {
            LOG.warn("the use of an app password could not be written down", failed);
        }
    }
}
