package dev.sobre.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.line.Farewell;
import dev.sobre.line.Limits;
import dev.sobre.line.LineConnection;
import dev.sobre.line.LineProtocol;
import dev.sobre.line.LineServer;
import dev.sobre.line.LineSession;
import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.smtp.relay.Receipts;
import dev.sobre.smtp.relay.StoreReturns;
import dev.sobre.tls.ListenerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;
import org.junit.jupiter.api.Test;

/** Whatever a client writes in its lines: each gets an answer of the right form. */
class CommandFuzzTest {

    private static final Pattern ANSWER = Pattern.compile("[2-5][0-9]{2}[ -][ -~]*");
    private static final int LONGEST_ANSWER = 510; // RFC 5321 §4.5.3.1.5, without CRLF

    private static final MemoryStore STORE = MemoryStore.with("ann@example.org", "secret");
    private static final SmtpSettings SETTINGS =
            SmtpSettings.onLoopback(0).withOnward(Onward.standard());
    private static final Chain CHAIN =
            new Chain(
                    SETTINGS,
                    STORE.authenticator(),
                    mailroom(),
                    new Gate(SETTINGS.allowance(), RefusedRecipients.UNHEARD, System::nanoTime));
    private static final LineConnection CONNECTION = connection();

    /** The first octet says whether somebody has logged in. */
    @FuzzTest(maxExecutions = 30_000)
    void eachLineIsAnswered(byte[] octets) {
        if (octets.length == 0) return;
        var session = new SmtpSession(CONNECTION, new Configuration(SETTINGS));
        if (octets[0] % 2 != 0) session.loggedIn(STORE.account("ann@example.org"));
        String text = new String(octets, 1, octets.length - 1, ISO_8859_1);
        for (String line : text.split("\r?\n"))
            answered(answer(session, line.getBytes(ISO_8859_1)));
        session.resetState();
    }

    /** What the fuzzer starts from are commands that are taken, each of its lines. */
    @Test
    void seedsAreCommands() throws Exception {
        var place = CommandFuzzTest.class.getResource("CommandFuzzTestInputs");
        if (place == null) throw new AssertionError("there are no seeds");
        Set<String> words = new HashSet<>();
        try (var seeds = Files.walk(Path.of(place.toURI()))) {
            for (Path seed : seeds.filter(Files::isRegularFile).toList()) {
                var session = new SmtpSession(CONNECTION, new Configuration(SETTINGS));
                String text = Files.readString(seed, ISO_8859_1);
                if (text.charAt(0) % 2 != 0) session.loggedIn(STORE.account("ann@example.org"));
                for (String line : text.substring(1).split("\r?\n")) {
                    Response answer = answer(session, line.getBytes(ISO_8859_1));
                    assertTrue(
                            answer instanceof Dialogue || answer.getRetCode().startsWith("2"),
                            () -> seed + ": " + line + ": " + answer.getLines());
                    words.add(line.split(" ")[0]);
                }
            }
        }
        var all = "EHLO HELO AUTH MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP";
        assertEquals(Set.of(all.split(" ")), words);
    }

    private static Response answer(SmtpSession session, byte[] line) {
        var unreadable = Conversation.unreadable(line);
        return unreadable.isPresent() ? unreadable.get() : CHAIN.answer(session, line);
    }

    /** What follows in a dialogue is not played. */
    private static void answered(Response answer) {
        List<CharSequence> lines = answer.getLines();
        assertTrue(answer instanceof Dialogue || !lines.isEmpty());
        for (CharSequence line : lines) {
            assertTrue(ANSWER.matcher(line).matches(), line::toString);
            assertTrue(line.length() <= LONGEST_ANSWER, line::toString);
        }
    }

    private static StoreMailroom mailroom() {
        var recipients = new Recipients(STORE.accounts(), Set.of(), "+");
        return new StoreMailroom(
                STORE,
                recipients,
                RefusedRecipients.UNHEARD,
                SETTINGS.handling(),
                new Receipts("localhost", new StoreReturns(STORE, recipients)),
                Postponed.in(STORE, recipients));
    }

    /** The connection of a client that says nothing. */
    private static LineConnection connection() {
        var caught = new CompletableFuture<LineConnection>();
        var protocol =
                new LineProtocol() {
                    @Override
                    public String name() {
                        return "silent";
                    }

                    @Override
                    public LineSession session(LineConnection connection) {
                        caught.complete(connection);
                        return connection::readLine;
                    }

                    @Override
                    public String farewell(Farewell why) {
                        return "";
                    }
                };
        try (var server =
                        LineServer.start(
                                ListenerSettings.loopback(0),
                                Served.TLS,
                                protocol,
                                Limits.standard());
                var _ = new ScriptClient(server.port(), Served.IDENTITY.certificate())) {
            return caught.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
