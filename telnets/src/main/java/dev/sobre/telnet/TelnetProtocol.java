package dev.sobre.telnet;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineProtocol;
import dev.sobre.line.LineSession;
import dev.sobre.mail.Authenticator;

/** The service as line-core runs it. */
record TelnetProtocol(CommandTable commands, Authenticator authenticator, TelnetSettings settings)
        implements LineProtocol {

    @Override
    public String name() {
        return "telnets";
    }

    /** What an administrator orders may take an hour, and may be an embedder's command. */
    @Override
    public boolean isForeign() {
        return true;
    }

    @Override
    public LineSession session(LineConnection connection) {
        return new TelnetSession(commands, authenticator, settings, connection);
    }

    @Override
    public String farewell(Farewell why) {
        String words =
                switch (why) {
                    case SHUTTING_DOWN -> "The server shuts down.";
                    case IDLE -> "Nothing was typed for a long time.";
                    case LOGIN_TOO_SLOW -> "The login took too long.";
                    case TOO_MANY_CONNECTIONS -> "Too many connections.";
                    case TOO_MUCH_INPUT -> "Too much input.";
                    case TOO_MUCH_BEFORE_LOGIN -> "Too much was sent before a login.";
                    case TOO_MANY_MISTAKES -> "Too many mistakes.";
                    case LOGINS_REFUSED -> "Too many wrong logins.";
                    case ACCOUNT_CHANGED -> "Your account was changed or removed; log in again.";
                    case FAULT -> "A fault of the server ended the session.";
                };
        return "\r\n" + words + "\r\n";
    }
}
