package dev.sobre.imap;

import dev.sobre.line.LineServer;
import dev.sobre.line.SessionInfo;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.TlsContext;
import java.util.List;

/** An IMAP server on a TLS port. */
public final class ImapsServer implements AutoCloseable {

    private final LineServer server;

    private ImapsServer(LineServer server) {
        this.server = server;
    }

    /**
     * Serves a store in memory on a port of 127.0.0.1; 0 picks a free one.
     *
     * @throws dev.sobre.tls.BindFailed when the port can't be had
     */
    public static ImapsServer start(int port, TlsContext tls, MemoryStore store) {
        return start(ImapSettings.onLoopback(port), tls, store, store.authenticator());
    }

    /**
     * Serves a store. The store and the authenticator stay open when the server is closed.
     *
     * @throws dev.sobre.tls.BindFailed when the address can't be had
     */
    public static ImapsServer start(
            ImapSettings settings, TlsContext tls, MailStore store, Authenticator authenticator) {
        var protocol = new ImapProtocol(new Service(settings, store, authenticator));
        return new ImapsServer(
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

    /** Stops: idle clients get a BYE, running commands have 3 s to finish. May be called twice. */
    @Override
    public void close() {
        server.close();
    }
}
