package dev.sobre.smtp;

import dev.sobre.line.Following;
import dev.sobre.line.LineServer;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import dev.sobre.smtp.relay.Receipts;
import dev.sobre.smtp.relay.StoreReturns;
import dev.sobre.tls.TlsContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A mail submission server with implicit TLS (RFC 6409, RFC 8314). */
public final class SmtpsServer implements AutoCloseable {

    private final LineServer server;

    private SmtpsServer(LineServer server) {
        this.server = server;
    }

    /**
     * Serves on a port of 127.0.0.1 and gives every mail to a receiver.
     *
     * @param port 0 picks a free one
     */
    public static SmtpsServer start(
            int port, TlsContext tls, Authenticator authenticator, Receiver receiver) {
        return start(SmtpSettings.onLoopback(port), tls, authenticator, receiver);
    }

    /** Serves and gives every mail to a receiver. */
    public static SmtpsServer start(
            SmtpSettings settings, TlsContext tls, Authenticator authenticator, Receiver receiver) {
        return start(
                settings,
                tls,
                authenticator,
                new ReceiverMailroom(receiver),
                RefusedRecipients.UNHEARD);
    }

    /** Serves and delivers to the inboxes of a store. */
    public static SmtpsServer start(
            SmtpSettings settings, TlsContext tls, Authenticator authenticator, MailStore store) {
        return start(settings, tls, authenticator, store, RefusedRecipients.UNHEARD);
    }

    /** Serves, delivers to the inboxes of a store, and tells of recipients that it refuses. */
    public static SmtpsServer start(
            SmtpSettings settings,
            TlsContext tls,
            Authenticator authenticator,
            MailStore store,
            RefusedRecipients refused) {
        var recipients =
                new Recipients(
                        store.accounts(),
                        settings.addressing().domains(),
                        settings.addressing().separators());
        return start(
                settings,
                tls,
                authenticator,
                new StoreMailroom(
                        store,
                        recipients,
                        refused,
                        settings.handling(),
                        new Receipts(settings.hostname(), new StoreReturns(store, recipients)),
                        Postponed.in(store, recipients)),
                refused);
    }

    private static SmtpsServer start(
            SmtpSettings settings,
            TlsContext tls,
            Authenticator authenticator,
            Mailroom mailroom,
            RefusedRecipients refused) {
        var gate = new Gate(settings.allowance(), refused, System::nanoTime);
        var chain = new Chain(settings, authenticator, mailroom, gate);
        var protocol = new SmtpProtocol(chain, new Configuration(settings), mailroom.isForeign());
        return new SmtpsServer(
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
