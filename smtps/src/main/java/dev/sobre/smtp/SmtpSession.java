package dev.sobre.smtp;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSessionImpl;

/** What a session knows, as James's handlers and ours see it. */
final class SmtpSession extends SMTPSessionImpl {

    private final LineConnection connection;
    private Submitter submitter = new Submitter.Unknown();
    private Optional<Intake> chunks = Optional.empty();
    private Runnable over = () -> {};
    private final Set<String> domains = new HashSet<>();
    private int mails;

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

    /**
     * Begins a mail.
     *
     * @param ended is run when it is over, whatever became of it
     */
    void enter(Submitter.Writing mail, Runnable ended) {
        submitter = mail;
        over = ended;
    }

    /** Counts a MAIL command, and says how many there were. */
    int countMail() {
        return ++mails;
    }

    /**
     * Counts the domain of a recipient.
     *
     * @param most of all in this session; 0 for no limit
     * @return whether it is not one too many
     */
    boolean mayWriteTo(String domain, int most) {
        if (most == 0 || domain.isEmpty()) return true;
        String canonical = Address.canonical(domain);
        return domains.contains(canonical) || (domains.size() < most && domains.add(canonical));
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
            over.run();
        }
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }
}
