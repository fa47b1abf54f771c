package dev.sobre.imap;

import dev.sobre.line.Following;
import dev.sobre.line.LineServer;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchSettings;
import dev.sobre.tls.TlsContext;
import java.util.List;
import java.util.function.Consumer;

/** An IMAP server on a TLS port. */
public final class ImapsServer implements AutoCloseable {

    private final LineServer server;
    private final Runnable closing;

    private ImapsServer(LineServer server, Runnable closing) {
        this.server = server;
        this.closing = closing;
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
     * Serves a store, and reads messages to search them. The store and the authenticator stay open
     * when the server is closed.
     *
     * @throws dev.sobre.tls.BindFailed when the address can't be had
     */
    public static ImapsServer start(
            ImapSettings settings, TlsContext tls, MailStore store, Authenticator authenticator) {
        var search = Search.scanning(store, SearchSettings.DEFAULTS);
        return start(new Service(settings, store, authenticator, search), tls, search::close);
    }

    /**
     * Serves a store in which a {@link Search} finds messages, with an index perhaps. Store,
     * authenticator and search stay open when the server is closed.
     *
     * @throws dev.sobre.tls.BindFailed when the address can't be had
     */
    public static ImapsServer start(
            ImapSettings settings,
            TlsContext tls,
            MailStore store,
            Authenticator authenticator,
            Search search) {
        return start(new Service(settings, store, authenticator, search), tls, () -> {});
    }

    private static ImapsServer start(Service service, TlsContext tls, Runnable closing) {
        var settings = service.settings();
        return new ImapsServer(
                LineServer.start(
                        settings.listener(), tls, new ImapProtocol(service), settings.limits()),
                closing);
    }

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

    /** Stops: idle clients get a BYE, running commands have 3 s to finish. May be called twice. */
    @Override
    public void close() {
        server.close();
        closing.run();
    }
}
