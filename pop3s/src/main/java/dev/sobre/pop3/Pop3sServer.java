package dev.sobre.pop3;

import dev.sobre.line.Following;
import dev.sobre.line.LineServer;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.TlsContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A POP3 server with implicit TLS (RFC 1939, RFC 8314). */
public final class Pop3sServer implements AutoCloseable {

    private final LineServer server;

    private Pop3sServer(LineServer server) {
        this.server = server;
    }

    /**
     * Serves a store in memory on a port of 127.0.0.1.
     *
     * @param port 0 picks a free one
     */
    public static Pop3sServer start(int port, TlsContext tls, MemoryStore store) {
        return start(Pop3Settings.onLoopback(port), tls, store.authenticator(), store);
    }

    /** Serves the inboxes of a store, which stays open when the server is closed. */
    public static Pop3sServer start(
            Pop3Settings settings, TlsContext tls, Authenticator authenticator, MailStore store) {
        var locks = new Locks();
        var chain = new Chain(new Login(authenticator, store, locks));
        var protocol = new Pop3Protocol(chain, locks, new Greeting(settings.hostname()));
        return new Pop3sServer(
                LineServer.start(settings.listener(), tls, protocol, settings.limits()));
    }

    /** The port that is served. */
    public int port() {
        return server.port();
    }

    /** The open sessions, oldest first. */
    public List<SessionInfo> sessions() {
        return server.sessions();
    }

    /** Follows a user's sessions as they speak, see {@link LineServer#follow}. */
    public Following follow(String user, Consumer<TraceLine> listener) {
        return server.follow(user, listener);
    }

    /** Ends the sessions of a user whose account was removed or has another password. */
    public void endSessionsOf(String user) {
        server.endSessionsOf(user);
    }

    /** Stops; running commands have 3 s to finish. A second call does nothing. */
    @Override
    public void close() {
        server.close();
    }

    /** Stops, with some time for running commands to finish. */
    public void close(Duration grace) {
        server.close(grace);
    }
}
