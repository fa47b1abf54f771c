package dev.sobre.app.admin;

import dev.sobre.line.Following;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import dev.sobre.mail.Account;
import dev.sobre.tls.TlsContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server as its administrator sees it. */
public interface RunningServer {

    Instant since();

    /** The ports by service, in the order of the ready line. */
    Map<String, Integer> ports();

    /** The server's side of TLS, which all services share. */
    TlsContext tls();

    /** Where it logs to; nothing when that is no file. */
    Optional<Path> logFile();

    /** The open sessions of all services. */
    List<SessionInfo> sessions();

    /**
     * Shows what the sessions of an account say, until it is closed. The listener is called on the
     * sessions' own threads and must return at once.
     */
    Following follow(Account account, Consumer<TraceLine> listener);

    /** Ends the open sessions of an account that was removed or has another password. */
    void endSessionsOf(Account account);

    /** Tries destinations again that rest after a failure. */
    void relayNow();

    /** The certificates of now, the default first. */
    List<ServedCertificate> certificates();

    /** What was refused lately for an address, the newest last. */
    List<Refusal> refusals(String address);

    /** What happened within a day that an administrator should look at, by account. */
    Map<String, Refusal> alarms();
}
