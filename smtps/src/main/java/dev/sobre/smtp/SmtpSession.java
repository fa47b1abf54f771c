package dev.sobre.smtp;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.Account;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSessionImpl;

/** What a session knows, as James's handlers and ours see it. */
final class SmtpSession extends SMTPSessionImpl {

    private final LineConnection connection;
    private Submitter submitter = new Submitter.Unknown();
    private Optional<Intake> chunks = Optional.empty();

    SmtpSession(LineConnection connection, Configuration configuration) {
        super(new Transport(connection.remote(), connection.id()), configuration);
        this.connection = connection;
    }

    LineConnection connection() {
        return connection;
    }

    Submitter submitter() {
        return submitter;
    }

    void enter(Submitter next) {
        submitter = next;
    }

    /** The message whose first chunks have come (RFC 3030). */
    Optional<Intake> chunks() {
        return chunks;
    }

    void begin(Intake message) {
        chunks = Optional.of(message);
    }

    void loggedIn(Account account) {
        connection.loggedIn(account.address());
        submitter = new Submitter.Idle(account);
    }

    /** The name the client gave in EHLO or HELO; empty before. */
    String greeted() {
        return getAttachment(CURRENT_HELO_NAME, State.Connection).orElse("");
    }

    /**
     * The one place that drops an unfinished mail: RSET, EHLO, the end of a message and of the
     * session come here.
     */
    @Override
    public void resetState() {
        super.resetState();
        chunks.ifPresent(Intake::close);
        chunks = Optional.empty();
        if (submitter instanceof Submitter.Writing mail) {
            submitter = new Submitter.Idle(mail.account());
        }
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }
}
