package dev.sobre.telnet;

import dev.sobre.line.LineServer;
import dev.sobre.line.SessionInfo;
import dev.sobre.mail.Authenticator;
import dev.sobre.tls.TlsContext;
import java.util.List;

/** A port where administrators log in by TELNET over TLS and run commands. */
public final class TelnetsServer implements AutoCloseable {

    private final LineServer server;

    private TelnetsServer(LineServer server) {
        this.server = server;
    }

    /**
     * Serves commands on this machine's own address.
     *
     * @param port 0 picks a free one
     * @throws dev.sobre.tls.BindFailed when the port can't be had
     */
    public static TelnetsServer start(
            int port, TlsContext tls, Authenticator authenticator, Command... commands) {
        return start(TelnetSettings.loopback(port), tls, authenticator, List.of(commands));
    }

    /**
     * Serves commands; {@code help} and {@code quit} are there by themselves.
     *
     * @throws IllegalArgumentException when two commands have the same name
     * @throws dev.sobre.tls.BindFailed when the address can't be had
     */
    public static TelnetsServer start(
            TelnetSettings settings,
            TlsContext tls,
            Authenticator authenticator,
            List<Command> commands) {
        var protocol = new TelnetProtocol(new CommandTable(commands), authenticator, settings);
        return new TelnetsServer(
                LineServer.start(settings.listener(), tls, protocol, settings.limits()));
    }

    public int port() {
        return server.port();
    }

    /** The open sessions, oldest first. */
    public List<SessionInfo> sessions() {
        return server.sessions();
    }

    /** Ends the sessions of a user whose account was removed or has another password. */
    public void endSessionsOf(String user) {
        server.endSessionsOf(user);
    }

    /** Stops: idle sessions get a farewell, running commands have 3 s to finish. Safe twice. */
    @Override
    public void close() {
        server.close();
    }
}
