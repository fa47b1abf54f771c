package dev.sobre.smtp;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineProtocol;
import dev.sobre.line.LineSession;

/** Submission, as line-core serves it. */
record SmtpProtocol(Chain chain, Configuration configuration, boolean isForeign)
        implements LineProtocol {

    @Override
    public String name() {
        return "smtps";
    }

    @Override
    public LineSession session(LineConnection connection) {
        return new Conversation(connection, chain, configuration);
    }

    @Override
    public String farewell(Farewell why) {
        Reply reply =
                switch (why) {
                    case SHUTTING_DOWN -> Reply.closing("4.3.2", "the server is shutting down");
                    case IDLE -> Reply.closing("4.4.2", "you were silent for too long");
                    case LOGIN_TOO_SLOW -> Reply.closing("4.7.0", "the login took too long");
                    case TOO_MANY_CONNECTIONS ->
                            Reply.closing("4.7.0", "too many connections; try again later");
                    case TOO_MUCH_INPUT -> Reply.closing("4.7.0", "the line has no end");
                    case TOO_MUCH_BEFORE_LOGIN ->
                            Reply.closing("4.7.0", "too much was sent before a login");
                    case TOO_MANY_MISTAKES ->
                            Reply.closing("4.7.0", "too many commands were wrong");
                    case LOGINS_REFUSED -> Reply.closing("4.7.0", "too many logins were wrong");
                    case ACCOUNT_CHANGED ->
                            Reply.closing(
                                    "4.7.0", "your account was changed or removed; log in again");
                    case FAULT -> Reply.closing("4.3.0", "something went wrong here");
                };
        return reply.line() + "\r\n";
    }
}
