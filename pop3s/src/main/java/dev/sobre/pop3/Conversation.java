package dev.sobre.pop3;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineSession;
import dev.sobre.line.LineTooLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.protocols.api.Response;

/** One client's session: a line in, an answer out. RFC 1939 §3. */
final class Conversation implements LineSession {

    private static final int MOST_MISTAKES = 50;

    /** Of so many messages LIST, STAT and UIDL take no time worth speaking of. */
    private static final int FEW = 5_000;

    private final LineConnection connection;
    private final Chain chain;
    private final Locks locks;
    private final Pop3Session session;
    private int mistakes;

    Conversation(LineConnection connection, Chain chain, Locks locks, Greeting greeting) {
        this.connection = connection;
        this.chain = chain;
        this.locks = locks;
        this.session = new Pop3Session(connection, greeting);
    }

    @Override
    public void run() throws IOException {
        try {
            converse();
        } finally {
            session.maildrop().ifPresent(maildrop -> locks.release(maildrop.account()));
        }
    }

    private void converse() throws IOException {
        connection.write("+OK " + session.getConfiguration().getGreeting() + "\r\n");
        boolean over = false;
        while (!over) {
            Response answer = answer();
            while (answer instanceof Dialogue dialogue) {
                say(dialogue);
                answer = dialogue.rest().talk();
            }
            say(answer);
            over = answer.isEndSession();
            if (isMistake(answer) && ++mistakes >= MOST_MISTAKES) {
                connection.dismiss(Farewell.TOO_MANY_MISTAKES);
            }
        }
    }

    private Response answer() throws IOException {
        byte[] line;
        try {
            line = connection.readCommand();
        } catch (LineTooLong e) {
            return Answer.err("the line is too long");
        }
        if (session.maildrop().filter(maildrop -> maildrop.size() > FEW).isPresent()) {
            connection.stepAside();
        }
        Optional<Answer> unreadable = unreadable(line);
        return unreadable.isPresent() ? unreadable.get() : chain.answer(session, line);
    }

    private void say(Response answer) throws IOException {
        for (CharSequence line : answer.getLines()) {
            String said = line.toString();
            connection.write((isRefusal(answer) ? connection.signed("", said) : said) + "\r\n");
        }
    }

    private static boolean isMistake(Response answer) {
        return answer instanceof Answer a && !a.ok();
    }

    private static boolean isRefusal(Response answer) {
        return answer.getRetCode().equals("-ERR");
    }

    // James decodes without complaint, so what is no text must not reach it.
    private static Optional<Answer> unreadable(byte[] line) {
        for (byte octet : line) {
            if (octet == 0 || octet == '\r') {
                return Optional.of(Answer.err("the line has control characters"));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(Answer.err("the line is not valid UTF-8"));
        }
    }
}
