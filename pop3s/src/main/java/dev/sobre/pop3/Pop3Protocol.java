package dev.sobre.pop3;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineProtocol;
import dev.sobre.line.LineSession;

/** POP3, as line-core serves it. */
record Pop3Protocol(Chain chain, Locks locks, Greeting greeting) implements LineProtocol {

    @Override
    public String name() {
        return "pop3s";
    }

    @Override
    public LineSession session(LineConnection connection) {
        return new Conversation(connection, chain, locks, greeting);
    }

    @Override
    public String farewell(Farewell why) {
        return switch (why) {
            case IDLE -> ""; // RFC 1939 §3: nothing is said then
            case SHUTTING_DOWN -> err("[SYS/TEMP] the server is shutting down");
            case LOGIN_TOO_SLOW -> err("the login took too long");
            case TOO_MANY_CONNECTIONS -> err("[SYS/TEMP] too many connections");
            case TOO_MUCH_INPUT -> err("the line has no end");
            case TOO_MUCH_BEFORE_LOGIN -> err("too much was sent before a login");
            case TOO_MANY_MISTAKES -> err("too many commands were wrong");
            case LOGINS_REFUSED -> err("too many logins were wrong");
            case ACCOUNT_CHANGED -> err("your account was changed or removed; log in again");
            case FAULT -> err("[SYS/TEMP] something went wrong here");
        };
    }

    private static String err(String text) {
        return Answer.err(text).line() + "\r\n";
    }
}
