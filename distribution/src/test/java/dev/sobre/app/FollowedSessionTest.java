package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.control.ControlClient;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.app.text.RecentLines;
import dev.sobre.line.sasl.PasswordHash;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code trace} and {@code log}, asked of a running server through its control socket. */
class FollowedSessionTest {

    private final Home home;
    private final Server server;

    FollowedSessionTest(@TempDir Path root) {
        var configuration = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        home = FirstRun.create(root.resolve("home"), configuration);
        server = Server.start(home, configuration);
        String hash = PasswordHash.argon2id("long secret");
        server.store().accounts().create(List.of("ann@localhost"), hash, false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itsLinesAreShownAsTheyAreSaid() throws Exception {
        try (var client = LineClient.connect(home, server.port(Service.IMAPS))) {
            client.meets("* OK");
            client.ask("1 LOGIN ann@localhost \"long secret\"", "1 OK");
            var caller = ScriptedCaller.answering();
            var following =
                    CompletableFuture.supplyAsync(
                            () -> run(caller, "trace", "--lines", "2", "ann"));
            // When it begins to follow can't be seen from here.
            while (!following.isDone()) client.say("2 NOOP", "2 OK NOOP completed");
            assertEquals(0, following.get(), caller.complained());
            List<String> lines = caller.printed().lines().sorted().toList();
            assertEquals(2, lines.size(), caller.printed());
            assertEquals("imaps-1 C: 2 NOOP", lines.getFirst());
            assertEquals("imaps-1 S: 2 OK NOOP completed", lines.getLast());
        }
    }

    @Test
    void nobodyFollowsAnAccountThatIsNotThere() {
        var caller = ScriptedCaller.answering();
        assertEquals(1, run(caller, "trace", "eve"));
        assertTrue(caller.complained().contains("eve"), caller.complained());
    }

    @Test
    void whatWasRefusedIsFoundByItsSession() throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RecentLines.hold(context, "%level [%thread] %msg%n");
        context.getLogger("dev.sobre.line").setLevel(Level.INFO);
        try (var client = LineClient.connect(home, server.port(Service.IMAPS))) {
            client.meets("* OK");
            client.ask("1 LOGIN ann@localhost \"long secret\"", "1 OK");
            client.say(
                    "2 DELETE nowhere",
                    "2 NO [NONEXISTENT] there is no mailbox nowhere (session imaps-1)");
            var caller = ScriptedCaller.answering();
            assertEquals(0, run(caller, "log", "imaps-1"), caller.complained());
            assertEquals(
                    "INFO [imaps-1] refused: NO [NONEXISTENT] there is no mailbox nowhere\n",
                    caller.printed());
            whatWasRefusedIsFound(Service.POP3S, "+OK", "LIST", "-ERR ");
            whatWasRefusedIsFound(Service.SMTPS, "220 ", "DATA", "503 5.5.1 ");
            var json = ScriptedCaller.answering();
            assertEquals(0, run(json, "log", "--json", "imaps-2"), json.complained());
            assertEquals("[]\n", json.printed());
            assertEquals(1, run(ScriptedCaller.answering(), "log", "imaps-2"));
            assertEquals(1, run(ScriptedCaller.answering(), "log", "../../etc"));
        } finally {
            context.getLogger("dev.sobre.line").setLevel(null);
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender("recent");
        }
    }

    private void whatWasRefusedIsFound(
            Service service, String greeting, String command, String refusal) throws Exception {
        String session = service.label() + "-1";
        try (var client = LineClient.connect(home, server.port(service))) {
            client.meets(greeting);
            client.send(command);
            String answer = client.line();
            assertTrue(answer.startsWith(refusal), answer);
            assertTrue(answer.endsWith(" (session " + session + ")"), answer);
            var caller = ScriptedCaller.answering();
            assertEquals(0, run(caller, "log", session), caller.complained());
            String logged = "INFO [" + session + "] refused: " + refusal;
            assertTrue(caller.printed().startsWith(logged), caller.printed());
        }
    }

    private int run(ScriptedCaller caller, String... words) {
        try (var client = ControlClient.connect(home).orElseThrow()) {
            return client.run(List.of(words), caller);
        }
    }
}
