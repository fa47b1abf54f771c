package dev.sobre.line.sasl;

import dev.sobre.mail.Account;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.ScramUser;
import dev.sobre.mail.StoreException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords against the hashes of {@link Accounts}. Sessions wait here on their virtual
 * threads while one platform thread per core does the work; whoever finds no place in the bounded
 * queue is told {@link dev.sobre.mail.Authenticator.Verdict.Unavailable} at once. An unknown user
 * and one whose account is disabled cost what a wrong password costs. App passwords are taken
 * beside the account's own. Who has shown a certificate in the handshake (EXTERNAL) needs an
 * account alone; other credentials are denied. From where too many different wrong logins come,
 * more are {@link dev.sobre.mail.Authenticator.Verdict.PutOff} for a while.
 */
public final class PasswordVerifier implements Authenticator, AutoCloseable {

    /**
     * How many different wrong logins may come from one address (of IPv6: from one /64) before more
     * are put off. This machine's own address is never put off.
     *
     * @param most how many; 0: any number
     * @param within for how long each counts
     */
    public record Guesses(int most, Duration within) {

        /** The largest {@code most}. */
        public static final int MOST = 1_000;

        public Guesses {
            if (most < 0 || most > MOST || !within.isPositive()) {
                throw new IllegalArgumentException("guesses are 0 to 1000 within some time");
            }
        }

        /** Ten within a quarter of an hour. */
        public static Guesses standard() {
            return new Guesses(10, Duration.ofMinutes(15));
        }
    }

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
     * @param scram whether SCRAM-SHA-256 is spoken, which works with app passwords alone: clients
     *     that prefer it then fail with an account's own password, so it is off at first
     * @param guesses how many wrong logins may come from an address
     */
    public record Settings(Duration remember, int remembered, boolean scram, Guesses guesses) {

        public Settings {
            if (remember.isNegative() || remembered < 0) {
                throw new IllegalArgumentException("remember and remembered are not negative");
            }
        }

        /** A minute, a thousand logins. */
        public static Settings standard() {
            return new Settings(Duration.ofMinutes(1), 1_000, false, Guesses.standard());
        }

        public Settings withScram(boolean spoken) {
            return new Settings(remember, remembered, spoken, guesses);
        }

        public Settings withGuesses(Guesses other) {
            return new Settings(remember, remembered, scram, other);
        }

        /** Hashes at every login. */
        public static Settings withoutMemory() {
            return new Settings(Duration.ZERO, 0, false, Guesses.standard());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PasswordVerifier.class);
    private static final Verdict DENIED = new Verdict.Denied();
    private static final Verdict PUT_OFF = new Verdict.PutOff();
    private static final Verdict BUSY =
            new Verdict.Unavailable("too many logins at once, try again later");
    private static final Verdict STORE_FAILED =
            new Verdict.Unavailable("accounts can't be read now, try again later");
    private static final Verdict STOPPING = new Verdict.Unavailable("the server is stopping");

    private final Users users;
    private final RecentLogins recent;
    private final WrongLogins wrong;
    private final HashingPool pool;
    private final boolean scram;
    private volatile boolean closed;

    PasswordVerifier(
            Accounts accounts,
            RecentLogins recent,
            WrongLogins wrong,
            HashingPool pool,
            boolean scram) {
        this.users = new Users(accounts);
        this.recent = recent;
        this.wrong = wrong;
        this.pool = pool;
        this.scram = scram;
    }

    public static PasswordVerifier over(Accounts accounts) {
        return over(accounts, Settings.standard());
    }

    public static PasswordVerifier over(Accounts accounts, Settings settings) {
        var recent = new RecentLogins(settings.remembered(), settings.remember(), System::nanoTime);
        var wrong = new WrongLogins(settings.guesses(), System::nanoTime);
        return new PasswordVerifier(
                accounts, recent, wrong, HashingPool.shared(), settings.scram());
    }

    @Override
    public Verdict verify(Credentials credentials, InetAddress peer) {
        if (closed) return STOPPING;
        return switch (credentials) {
            case Credentials.Password(var user, var password) ->
                    Attempt.of(password).map(attempt -> verify(user, attempt, peer)).orElse(DENIED);
            case Credentials.Scram scram -> proven(scram);
            case Credentials.External external -> proven(external);
            case Credentials.Token token -> DENIED;
        };
    }

    /** Passwords are hashed by the pool. */
    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public boolean speaksScram() {
        return scram;
    }

    @Override
    public Optional<ScramUser> scram(String user) {
        return scram ? Optional.of(users.scram(user)) : Optional.empty();
    }

    @Override
    public Optional<Account> current(Account granted) {
        return users.current(granted);
    }

    /** Takes no new logins; those that wait are answered. The pool is everybody's and stays. */
    @Override
    public void close() {
        closed = true;
        recent.clear();
    }

    private Verdict verify(String user, Attempt attempt, InetAddress peer) {
        long mark = wrong.mark(user, attempt.password());
        if (wrong.putsOff(peer, mark)) return PUT_OFF;
        Claim claim;
        try {
            claim = users.claim(user, attempt);
        } catch (StoreException failed) {
            return undecided(failed);
        }
        if (claim instanceof Claim.Known known && holds(known, attempt)) {
            return new Verdict.Granted(known.account());
        }
        var answer = new CompletableFuture<Verdict>();
        pool.submit(
                peer,
                new HashingPool.Job(
                        memory -> decide(claim, attempt, memory, answer),
                        () -> answer.complete(BUSY)));
        Verdict verdict = answer.join();
        if (verdict instanceof Verdict.Denied) wrong.add(peer, mark, claim.whose());
        return verdict;
    }

    /** Whether this very login succeeded a moment ago, and would still. */
    private boolean holds(Claim.Known known, Attempt attempt) {
        var id = known.account().id();
        boolean main =
                known.stored()
                        .filter(stored -> recent.holds(id, stored, attempt.password()))
                        .isPresent();
        return main
                || known.live().stream()
                        .anyMatch(app -> recent.holds(id, mark(app), attempt.password()));
    }

    /** What an app password is remembered by; one that was revoked and made anew is another. */
    private static String mark(AppPassword app) {
        return HexFormat.of().formatHex(app.keys().storedKey());
    }

    /** On a thread of the pool. */
    private void decide(
            Claim claim, Attempt attempt, Argon2Memory memory, CompletableFuture<Verdict> answer) {
        var app = attempt.app().flatMap(claim::app);
        if (claim instanceof Claim.Known known && app.isPresent()) {
            remember(known.account(), mark(app.get()), attempt);
            answer.complete(new Verdict.Granted(known.account()));
            users.used(known.account(), app.get());
            return;
        }
        if (claim instanceof Claim.Known known) {
            var main = users.main(known);
            if (main.isPresent()) {
                decide(known.account(), main.get(), attempt, memory, answer);
                return;
            }
        }
        Argon2Hash.NOBODY.matches(attempt.password(), memory);
        answer.complete(DENIED);
    }

    private void decide(
            Account account,
            Claim.Main main,
            Attempt attempt,
            Argon2Memory memory,
            CompletableFuture<Verdict> answer) {
        if (main.hash().verify(attempt.password(), memory)) {
            remember(account, main.stored(), attempt);
            answer.complete(new Verdict.Granted(account));
            // After the answer: nobody waits for it, and it decides nothing. Not while others wait
            // for a thread: there will be more logins.
            if (main.hash().needsRehash() && !pool.busy()) {
                users.rehash(account.id(), main.stored(), attempt.password(), memory);
            }
            return;
        }
        // Where a stored hash is cheaper than ours, its user must not answer faster than no user.
        if (main.hash().needsRehash()) Argon2Hash.NOBODY.matches(attempt.password(), memory);
        answer.complete(DENIED);
    }

    private void remember(Account account, String stored, Attempt attempt) {
        if (!closed) recent.add(account.id(), stored, attempt.password());
    }

    /** The exchange has checked the proof; the password may have been revoked meanwhile. */
    private Verdict proven(Credentials.Scram proof) {
        try {
            Optional<Account> account = users.find(proof.user());
            Optional<AppPassword> app = account.flatMap(found -> users.app(found, proof.keys()));
            if (account.isEmpty() || app.isEmpty()) return DENIED;
            users.used(account.get(), app.get());
            return new Verdict.Granted(account.get());
        } catch (StoreException failed) {
            return undecided(failed);
        }
    }

    /** TLS has done the work, so the pool is not asked. */
    private Verdict proven(Credentials.External external) {
        try {
            return users.find(external).<Verdict>map(Verdict.Granted::new).orElse(DENIED);
        } catch (StoreException failed) {
            return undecided(failed);
        }
    }

    private static Verdict undecided(StoreException failed) {
        LOG.warn("a login could not be decided: {}", failed.getMessage(), failed);
        return STORE_FAILED;
    }
}
