package dev.sobre.mail;

import dev.sobre.mail.StoreException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The app passwords of one account, oldest first. All share a salt, so that SCRAM can name it
 * before it knows which password the client has, and so that one computation tries them all.
 */
public record Keyring(ScramSalt salt, List<AppPassword> passwords) {

    public Keyring {
        passwords = List.copyOf(passwords);
    }

    public Optional<AppPassword> named(String name) {
        return passwords.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** Those that are accepted. */
    public List<AppPassword> live(Instant now) {
        return passwords.stream().filter(p -> p.live(now)).toList();
    }

    /** The one that has these keys, of those that are accepted; compares in constant time. */
    public Optional<AppPassword> match(ScramKeys keys, Instant now) {
        Optional<AppPassword> found = Optional.empty();
        for (var p : live(now)) if (p.keys().equals(keys)) found = Optional.of(p);
        return found;
    }

    /** With one more; see {@link AppPasswords#add}. */
    public Keyring with(AppPassword fresh) {
        if (named(fresh.name()).isPresent()) {
            throw new StoreException(
                    Reason.EXISTS, "there is an app password " + fresh.name() + " already");
        }
        AccountBounds.require(
                passwords.size() < AppPasswords.MOST,
                "an account has at most " + AppPasswords.MOST + " app passwords");
        List<AppPassword> more = new ArrayList<>(passwords);
        more.add(fresh);
        return new Keyring(salt, more);
    }

    public Keyring without(String name) {
        return new Keyring(salt, passwords.stream().filter(p -> !p.name().equals(name)).toList());
    }

    /** After a use of one. */
    public Keyring used(String name, Instant when) {
        UnaryOperator<AppPassword> mark = p -> p.name().equals(name) ? p.used(when) : p;
        return new Keyring(salt, passwords.stream().map(mark).toList());
    }
}
