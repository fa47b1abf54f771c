package dev.sobre.telnet;

import dev.sobre.line.EndOfStream;
import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineSession;
import dev.sobre.line.SessionEnded;
import dev.sobre.mail.Account;
import dev.sobre.mail.Authenticator;
import dev.sobre.telnet.TelnetTerminal.Entered;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One administrator's session: login, then command after command. */
final class TelnetSession implements LineSession {

    private static final Logger LOG = LoggerFactory.getLogger(TelnetSession.class);

    private final CommandTable commands;
    private final TelnetSettings settings;
    private final LineConnection line;
    private final TelnetConnection connection;
    private final TelnetTerminal terminal;
    private final Authenticator authenticator;
    private final Login login;

    TelnetSession(
            CommandTable commands,
            Authenticator authenticator,
            TelnetSettings settings,
            LineConnection line) {
        this.commands = commands;
        this.settings = settings;
        this.line = line;
        this.connection = new TelnetConnection(line, settings.limits());
        this.terminal = new TelnetTerminal(connection, commands);
        this.authenticator = authenticator;
        this.login = new Login(authenticator, settings, line);
    }

    @Override
    public void run() throws IOException {
        connection.negotiate();
        terminal.println(settings.greeting());
        Optional<Account> administrator = logIn();
        if (administrator.isEmpty()) return;
        terminal.println("Welcome. \"help\" lists the commands.");
        boolean goOn = true;
        while (goOn) {
            goOn =
                    switch (terminal.enter(settings.prompt(), LineEditor.Kind.COMMAND)) {
                        case Entered.Line entered -> entered(entered.text(), administrator.get());
                        case Entered.TooLong() -> say(TelnetTerminal.tooLong());
                        case Entered.Interrupted() -> true;
                        case Entered.End() -> false;
                    };
        }
        terminal.println("Goodbye.");
    }

    private Optional<Account> logIn() throws IOException {
        try {
            Optional<Account> account = login.ask(terminal);
            account.ifPresent(administrator -> connection.loggedIn(administrator.address()));
            return account;
        } catch (InterruptedIOException e) {
            return Optional.empty();
        } finally {
            terminal.commandOver();
        }
    }

    /** Runs a line; whether the session goes on. */
    private boolean entered(String text, Account administrator) throws IOException {
        Optional<List<String>> words = Words.of(text);
        if (words.isEmpty()) return say("A quote is open at the end of the line.");
        if (words.get().isEmpty()) return true;
        String name = words.get().getFirst();
        Optional<Command> command = commands.find(name);
        if (command.isEmpty()) {
            return say("There is no command " + name + "; \"help\" lists the commands.");
        }
        if (!isStill(administrator)) throw new SessionEnded(Farewell.ACCOUNT_CHANGED);
        run(command.get(), words.get().subList(1, words.get().size()));
        return !(command.get() instanceof Quit);
    }

    /** Whether who logged in is an administrator now; a console may be open for days. */
    private boolean isStill(Account administrator) {
        return authenticator.current(administrator).filter(Account::administrator).isPresent();
    }

    private void run(Command command, List<String> arguments) throws IOException {
        // Arguments are not logged: one of them may be a secret.
        LOG.info(
                "telnets {}: runs {}", line.remote().getAddress().getHostAddress(), command.name());
        try {
            command.run(arguments, terminal);
        } catch (EndOfStream | SessionEnded e) {
            throw e;
        } catch (InterruptedIOException e) {
            say("Interrupted.");
        } catch (Exception e) {
            LOG.error("the command {} failed", command.name(), e);
            say(command.name() + " failed; the server's log says why.");
        } finally {
            terminal.commandOver();
        }
    }

    private boolean say(String text) throws IOException {
        terminal.println(text);
        return true;
    }
}
