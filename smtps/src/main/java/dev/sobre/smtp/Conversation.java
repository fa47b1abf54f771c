package dev.sobre.smtp;

import dev.sobre.line.Farewell;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineSession;
import dev.sobre.line.LineTooLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.james.protocols.api.Response;

/** One client's session: a line in, an answer out. RFC 5321 §3. */
final class Conversation implements LineSession {

    // RFC 5321 §4.5.3.1.4 has 512, to which extensions add (RFC 1870, RFC 4954, RFC 6152).
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_MISTAKES = 20;
    private static final int PATIENCE = 10; // after so many, each next mistake costs more time
    private static final long SLOWER = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Set<String> MISTAKES =
            Set.of("500", "501", "502", "503", "504", "530", "555");

    private final LineConnection connection;
    private final Chain chain;
    private final SmtpSession session;
    private int mistakes;

    Conversation(LineConnection connection, Chain chain, Configuration configuration) {
        this.connection = connection;
        this.chain = chain;
        this.session = new SmtpSession(connection, configuration);
    }

    @Override
    public void run() throws IOException {
        try {
            talk();
        } finally {
            session.resetState();
        }
    }

    private void talk() throws IOException {
        connection.write("220 " + session.getConfiguration().getGreeting() + "\r\n");
        boolean over = false;
        while (!over) {
            Response answer = answer();
            while (answer instanceof Dialogue dialogue) {
                say(dialogue);
                answer = dialogue.rest().talk();
            }
            say(answer);
            over = answer.isEndSession();
            if (MISTAKES.contains(answer.getRetCode())) mistaken();
        }
    }

    private void mistaken() {
        if (++mistakes >= MOST_MISTAKES) connection.dismiss(Farewell.TOO_MANY_MISTAKES);
        else if (mistakes > PATIENCE) LockSupport.parkNanos((mistakes - PATIENCE) * SLOWER);
    }

    private Response answer() throws IOException {
        byte[] line;
        try {
            line = connection.readCommand();
        } catch (LineTooLong e) {
            return tooLong();
        }
        if (line.length > LONGEST_LINE && !isAuth(line)) return tooLong();
        Optional<Reply> unreadable = unreadable(line);
        return unreadable.isPresent() ? unreadable.get() : chain.answer(session, line);
    }

    private void say(Response answer) throws IOException {
        List<CharSequence> lines = answer.getLines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toString();
            boolean refusal = i == lines.size() - 1 && isRefusal(answer);
            connection.write((refusal ? connection.signed("", line) : line) + "\r\n");
        }
    }

    private static boolean isRefusal(Response answer) {
        return answer.getRetCode().startsWith("4") || answer.getRetCode().startsWith("5");
    }

    private static Reply tooLong() {
        return Reply.of(500, "5.5.6", "the line is too long");
    }

    private static boolean isAuth(byte[] line) {
        String word = new String(line, 0, 5, StandardCharsets.ISO_8859_1);
        return word.equalsIgnoreCase("AUTH ");
    }

    // James decodes without complaint, so what is no text must not reach it.
    static Optional<Reply> unreadable(byte[] line) {
        boolean ascii = true;
        for (byte octet : line) {
            ascii &= octet >= 0;
            if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 127) {
                return Optional.of(Reply.of(500, "5.5.2", "the line has control characters"));
            }
        }
        if (ascii) return Optional.empty();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(Reply.of(500, "5.5.2", "the line is not valid UTF-8"));
        }
    }
}
