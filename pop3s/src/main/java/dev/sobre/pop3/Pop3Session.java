package dev.sobre.pop3;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.Account;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.pop3.POP3SessionImpl;

/** What a session knows, as James's handlers and ours see it. */
final class Pop3Session extends POP3SessionImpl {

    private final LineConnection connection;
    private Stage stage = new Stage.Arrived();

    Pop3Session(LineConnection connection, ProtocolConfiguration configuration) {
        super(new Transport(connection.remote(), connection.id()), configuration);
        this.connection = connection;
    }

    LineConnection connection() {
        return connection;
    }

    Stage stage() {
        return stage;
    }

    void enter(Stage next) {
        stage = next;
    }

    /** The open maildrop; empty before login. */
    Optional<Maildrop> maildrop() {
        return stage instanceof Stage.Open(Maildrop maildrop)
                ? Optional.of(maildrop)
                : Optional.empty();
    }

    void loggedIn(Account account, Maildrop maildrop) {
        connection.loggedIn(account.address());
        stage = new Stage.Open(maildrop);
        setHandlerState(TRANSACTION);
        setUserMailbox(new Views.Named(account.address()));
        setAttachment(UID_LIST, new Views.Messages(maildrop), State.Transaction);
        setAttachment(DELETED_UID_LIST, new Views.Marked(maildrop), State.Transaction);
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }
}
