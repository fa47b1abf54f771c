package dev.sobre.telnet;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.Account;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks who is there until an administrator is, or the tries are used up. */
record Login(Authenticator authenticator, TelnetSettings settings, LineConnection connection) {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    /**
     * The administrator, or nobody.
     *
     * @throws java.io.InterruptedIOException when the answer is Ctrl-C or Ctrl-D
     */
    Optional<Account> ask(TelnetTerminal terminal) throws IOException {
        for (int tries = 0; tries < settings.tries(); tries++) {
            String user = terminal.ask("login: ");
            Optional<Account> account =
                    check(user.strip(), terminal.askSecret("Password: "), terminal);
            if (account.isPresent()) return account;
        }
        return Optional.empty();
    }

    private Optional<Account> check(String user, String password, TelnetTerminal terminal)
            throws IOException {
        var peer = connection.remote().getAddress();
        switch (authenticator.verify(new Credentials.Password(user, password), peer)) {
            case Verdict.Granted(Account account) when account.administrator() -> {
                LOG.info("telnets {}: {} logged in", peer.getHostAddress(), account.address());
                return Optional.of(account);
            }
            case Verdict.Granted(Account account) -> {
                LOG.warn(
                        "telnets {}: {} is no administrator",
                        peer.getHostAddress(),
                        account.address());
                connection.loginRefused();
                terminal.println("Login incorrect."); // the same words: nothing to learn here
            }
            case Verdict.Denied() -> {
                connection.loginRefused();
                terminal.println("Login incorrect.");
            }
            case Verdict.Unavailable(String reason) -> {
                LOG.warn("telnets {}: no login now: {}", peer.getHostAddress(), reason);
                terminal.println("Logins are not possible at the moment, try again later.");
            }
            case Verdict.PutOff() ->
                    terminal.println("Too many wrong passwords came from here, try again later.");
        }
        return Optional.empty();
    }
}
