package dev.sobre.imap;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineProtocol;
import dev.sobre.line.LineSession;
import java.util.List;

/** IMAP as a line protocol: its sessions and its words of farewell. */
record ImapProtocol(Service service) implements LineProtocol {

    @Override
    public String name() {
        return "imaps";
    }

    @Override
    public List<String> alpn() {
        return List.of("imap");
    }

    @Override
    public LineSession session(LineConnection connection) {
        return new ImapSession(new Client(connection, service));
    }

    /** RFC 3501 §7.1.5, with the codes of RFC 5530. */
    @Override
    public String farewell(Farewell why) {
        return switch (why) {
            case SHUTTING_DOWN -> "* BYE [UNAVAILABLE] the server is shutting down\r\n";
            case IDLE -> "* BYE you were silent for too long\r\n";
            case LOGIN_TOO_SLOW -> "* BYE you did not log in in time\r\n";
            case TOO_MANY_CONNECTIONS -> "* BYE [LIMIT] too many connections\r\n";
            case TOO_MUCH_INPUT -> "* BYE [TOOBIG] that is more than a command may be\r\n";
            case TOO_MUCH_BEFORE_LOGIN -> "* BYE too much was sent before a login\r\n";
            case TOO_MANY_MISTAKES -> "* BYE too many commands were wrong\r\n";
            case LOGINS_REFUSED -> "* BYE too many logins were wrong\r\n";
            case ACCOUNT_CHANGED -> "* BYE your account was changed or removed; log in again\r\n";
            case FAULT -> "* BYE [SERVERBUG] something went wrong here\r\n";
        };
    }
}
