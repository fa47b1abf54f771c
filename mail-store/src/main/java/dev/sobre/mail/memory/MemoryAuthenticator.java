package dev.sobre.mail.memory;

import dev.sobre.mail.Account;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Credentials;
import java.net.InetAddress;
import java.util.Optional;

/** Checks the passwords of a store in memory; app passwords are for real verifiers. */
record MemoryAuthenticator(Accounts accounts) implements Authenticator {

    @Override
    public Verdict verify(Credentials credentials, InetAddress peer) {
        Optional<Account> account = accounts.find(credentials.user()).filter(a -> !a.disabled());
        return switch (credentials) {
            case Credentials.Password p -> verify(account, p.password());
            case Credentials.External e -> verdict(e.account(accounts).filter(a -> !a.disabled()));
            case Credentials.Scram s -> new Verdict.Denied();
            case Credentials.Token t -> new Verdict.Denied();
        };
    }

    @Override
    public Optional<Account> current(Account granted) {
        return accounts.get(granted.id()).filter(account -> !account.disabled());
    }

    private Verdict verify(Optional<Account> account, String password) {
        String stored =
                account.flatMap(a -> accounts.passwordHash(a.id())).orElse(SaltedPassword.NOBODY);
        if (!SaltedPassword.known(stored)) {
            return new Verdict.Unavailable("this password can't be checked here");
        }
        boolean right = SaltedPassword.matches(stored, password);
        return right ? verdict(account) : new Verdict.Denied();
    }

    private static Verdict verdict(Optional<Account> account) {
        return account.<Verdict>map(Verdict.Granted::new).orElseGet(Verdict.Denied::new);
    }
}
