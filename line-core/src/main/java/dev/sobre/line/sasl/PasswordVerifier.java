package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.StoreException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords against the hashes of {@link Accounts}. Sessions wait here on their virtual
 * threads while one platform thread per core does the work; whoever finds no place in the bounded
 * queue is told {@link dev.sobre.mail.Authenticator.Verdict.Unavailable} at once. An unknown user
 * costs what a wrong password costs. Who has shown a certificate in the handshake (EXTERNAL) needs
 * an account alone; other credentials are denied.
 */
public final class PasswordVerifier implements Authenticator, AutoCloseable {

    /**
     * What an operator may choose.
     *
     * <p>A successful login is remembered for a moment, because mail clients log in several times
     * in a row. What is kept in memory is a keyed hash, which dies with the process, the password
     * or its time. The price: who can read this process's memory within that time can try passwords
     * against the entry faster than against Argon2. (They could also wait for the next login and
     * read the password itself.)
     *
     * @param remember for how long; zero never remembers
     * @param remembered how many logins at most
     */
    public record Settings(Duration remember, int remembered) {

        public Settings {
            if (remember.isNegative() || remembered < 0) {
                throw new IllegalArgumentException("remember and remembered are not negative");
            }
        }

        /** A minute, a thousand logins. */
        public static Settings standard() {
            return new Settings(Duration.ofMinutes(1), 1_000);
        }

        /** Hashes at every login. */
        public static Settings withoutMemory() {
            return new Settings(Duration.ZERO, 0);
        }
    }

    /** What the store knows about the user of a login. */
    private sealed interface Claim {

        /** There is such an account, with a password that can be verified. */
        record Known(Account account, String stored, PasswordHash hash) implements Claim {}

        record Nobody() implements Claim {}
    }

    private static final Logger log = LoggerFactory.getLogger(PasswordVerifier.class);
    private static final Verdict DENIED = new Verdict.Denied();
    private static final Verdict BUSY =
            new Verdict.Unavailable("too many logins at once, try again later");
    private static final Verdict STORE_FAILED =
            new Verdict.Unavailable("accounts can't be read now, try again later");
    private static final Verdict STOPPING = new Verdict.Unavailable("the server is stopping");

    private final Accounts accounts;
    private final RecentLogins recent;
    private final HashingPool pool;
    private volatile boolean closed;

    PasswordVerifier(Accounts accounts, RecentLogins recent, HashingPool pool) {
        this.accounts = accounts;
        this.recent = recent;
        this.pool = pool;
    }

    public static PasswordVerifier over(Accounts accounts) {
        return over(accounts, Settings.standard());
    }

    public static PasswordVerifier over(Accounts accounts, Settings settings) {
        var recent = new RecentLogins(settings.remembered(), settings.remember(), System::nanoTime);
        return new PasswordVerifier(accounts, recent, HashingPool.shared());
    }

    @Override
    public Verdict verify(Credentials credentials, InetAddress peer) {
        if (closed) return STOPPING;
        return switch (credentials) {
            case Credentials.Password(var user, var password) ->
                    SaslText.prepare(password)
                            .map(octets -> verify(user, octets, peer))
                            .orElse(DENIED);
            case Credentials.ScramLookup lookup -> DENIED;
            case Credentials.External external -> proven(external);
            case Credentials.Token token -> DENIED;
        };
    }

    @Override
    public Optional<Account> current(Account granted) {
        return accounts.get(granted.id());
    }

    /** Takes no new logins; those that wait are answered. The pool is everybody's and stays. */
    @Override
    public void close() {
        closed = true;
        recent.clear();
    }

    /** TLS has done the work, so the pool is not asked. */
    private Verdict proven(Credentials.External external) {
        try {
            return external.account(accounts).<Verdict>map(Verdict.Granted::new).orElse(DENIED);
        } catch (StoreException failed) {
            return undecided(failed);
        }
    }

    private static Verdict undecided(StoreException failed) {
        log.warn("a login could not be decided: {}", failed.getMessage(), failed);
        return STORE_FAILED;
    }

    private Verdict verify(String user, byte[] password, InetAddress peer) {
        Claim claim;
        try {
            claim = claim(user);
        } catch (StoreException failed) {
            return undecided(failed);
        }
        if (claim instanceof Claim.Known(var account, var stored, var hash)
                && recent.holds(account.id(), stored, password)) {
            return new Verdict.Granted(account);
        }
        var answer = new CompletableFuture<Verdict>();
        pool.submit(
                peer,
                new HashingPool.Job(
                        memory -> decide(claim, password, memory, answer),
                        () -> answer.complete(BUSY)));
        return answer.join();
    }

    private Claim claim(String user) {
        Optional<Account> account = accounts.find(user);
        if (account.isEmpty()) return new Claim.Nobody();
        var id = account.get().id();
        Optional<String> stored = accounts.passwordHash(id);
        if (stored.isEmpty()) return new Claim.Nobody();
        return switch (PasswordHash.parse(stored.get())) {
            case PasswordHash.Reading.Supported(var hash) ->
                    new Claim.Known(account.get(), stored.get(), hash);
            case PasswordHash.Reading.Unsupported(var reason) -> {
                log.warn("nobody can log in to account {}: {}", id.value(), reason);
                yield new Claim.Nobody();
            }
        };
    }

    /** On a thread of the pool. */
    private void decide(
            Claim claim, byte[] password, Argon2Memory memory, CompletableFuture<Verdict> answer) {
        switch (claim) {
            case Claim.Nobody nobody -> {
                Argon2Hash.NOBODY.matches(password, memory);
                answer.complete(DENIED);
            }
            case Claim.Known known when known.hash().verify(password, memory) -> {
                if (!closed) recent.add(known.account().id(), known.stored(), password);
                answer.complete(new Verdict.Granted(known.account()));
                // After the answer: nobody waits for it, and it decides nothing.
                if (known.hash().needsRehash() && !pool.busy()) rehash(known, password, memory);
            }
            case Claim.Known known -> {
                // Where an imported hash is cheaper than ours, its user must not answer faster than
                // no user at all.
                if (known.hash().needsRehash()) Argon2Hash.NOBODY.matches(password, memory);
                answer.complete(DENIED);
            }
        }
    }

    /** Replaces an imported hash by one of ours, unless others wait: there will be more logins. */
    private void rehash(Claim.Known known, byte[] password, Argon2Memory memory) {
        var id = known.account().id();
        try {
            String fresh = Argon2Hash.create(password, memory).phc();
            // The password may have been changed since; the old one must not come back.
            if (!accounts.passwordHash(id).equals(Optional.of(known.stored()))) return;
            accounts.setPasswordHash(id, fresh);
            log.info("the password of account {} is stored as Argon2id now", id.value());
        } catch (RuntimeException failed) {
            log.warn("the password of account {} could not be hashed anew", id.value(), failed);
        }
    }
}
