package dev.sobre.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A password for one program or device, which we made (see {@link AppSecret}), beside the account's
 * own.
 *
 * @param name what its owner knows it by; each of an account's has another
 * @param expires from when on it is no longer accepted
 * @param lastUsed to the hour or so
 */
public record AppPassword(
        String name,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        ScramKeys keys) {

    private static final int LONGEST_NAME = 100;
    private static final Duration GRAIN = Duration.ofHours(1);

    /** One that was never used. */
    public static AppPassword fresh(
            String name, Instant created, Optional<Instant> expires, ScramKeys keys) {
        boolean clean = name.chars().noneMatch(Character::isISOControl);
        AccountBounds.require(
                clean && !name.isBlank() && name.length() <= LONGEST_NAME,
                "the name of an app password has 1 to " + LONGEST_NAME + " printable characters");
        return new AppPassword(name, created, expires, Optional.empty(), keys);
    }

    /** Whether it is accepted. */
    public boolean live(Instant now) {
        return expires.map(now::isBefore).orElse(true);
    }

    /** Whether a use now is worth writing down: logins are many, and each write would be a sync. */
    public boolean stale(Instant now) {
        return lastUsed.map(last -> !now.isBefore(last.plus(GRAIN))).orElse(true);
    }

    public AppPassword used(Instant now) {
        return new AppPassword(name, created, expires, Optional.of(now), keys);
    }
}
