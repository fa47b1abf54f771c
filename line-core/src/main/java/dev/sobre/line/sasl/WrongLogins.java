package dev.sobre.line.sasl;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The different wrong logins of the last minutes, by the network they came from and the account
 * they were for. A device that repeats one wrong password makes one mistake, however often; whoever
 * tries many is put off, at his own address alone: nobody can lock out another. Kept are 64 bits of
 * HMAC-SHA256 under a key that lives as long as the process.
 */
final class WrongLogins {

    private static final Logger LOG = LoggerFactory.getLogger(WrongLogins.class);
    private static final int KEPT = 10_000; // networks, and accounts

    private final Guesses guesses;
    private final LongSupplier nanoTime;
    private final ProcessKey key = new ProcessKey();
    private final Tally<ByteBuffer> networks;
    private final Tally<AccountId> accounts;

    WrongLogins(Guesses guesses, LongSupplier nanoTime) {
        this(guesses, nanoTime, KEPT);
    }

    WrongLogins(Guesses guesses, LongSupplier nanoTime, int kept) {
        this.guesses = guesses;
        this.nanoTime = nanoTime;
        this.networks = new Tally<>(kept, guesses);
        this.accounts = new Tally<>(kept, guesses);
    }

    /** What a login is known by: one password tried for two users is two guesses. */
    long mark(String user, byte[] password) {
        return key.mark(0, user, password).getLong();
    }

    /**
     * Whether a login is not to be tried now. One that was wrong before may be: it is no new guess,
     * and its user shall go on hearing that the password is wrong. Behind this machine's own
     * address may be everybody, such as users of a web mailer.
     */
    boolean putsOff(InetAddress peer, long mark) {
        return guesses.most() > 0
                && !peer.isLoopbackAddress()
                && networks.isFullWithout(HashingPool.origin(peer), mark, nanoTime.getAsLong());
    }

    /**
     * Counts a login that was wrong.
     *
     * @param account whose it would have been, if there is one
     */
    void add(InetAddress peer, long mark, Optional<Account> account) {
        if (guesses.most() == 0) return;
        long now = nanoTime.getAsLong();
        if (!peer.isLoopbackAddress() && networks.fills(HashingPool.origin(peer), mark, now)) {
            LOG.warn(
                    "{} different wrong logins came from {} within {} min: more from there must"
                            + " wait, and get a temporary error",
                    guesses.most(),
                    peer.getHostAddress(),
                    minutes());
        }
        if (account.isPresent() && accounts.fills(account.get().id(), mark, now)) {
            LOG.warn(
                    "{} different wrong passwords were tried for {} within {} min: somebody may be"
                            + " guessing; the account stays open",
                    guesses.most(),
                    account.get().address(),
                    minutes());
        }
    }

    private long minutes() {
        return Math.ceilDiv(guesses.within().toSeconds(), 60);
    }
}
