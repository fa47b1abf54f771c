package dev.sobre.telnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.Limits;
import dev.sobre.line.Terminal;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole sessions over TLS, as a client types and sees them. */
class TelnetsServerTest {

    private static final Identity IDENTITY = Identity.selfSigned("localhost");
    private static final TlsContext TLS = TlsContext.of(IDENTITY);

    /** DO ECHO, DO SGA, WILL SGA, WILL NAWS 60x24, WONT TTYPE: an ordinary client's answers. */
    private static final String ANSWERS = "fffd01 fffd03 fffb03 fffb1f fffa1f003c0018fff0 fffc18";

    private final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret")
                    .andAdministrator("root@example.org", "rootpw");
    private final CountDownLatch running = new CountDownLatch(1);

    private final List<Command> commands =
            List.of(
                    Command.named(
                            "width",
                            "tells the width",
                            "width\n  for example: width",
                            (args, terminal) -> terminal.println("width " + terminal.width())),
                    Command.named("args", (args, terminal) -> terminal.println(args.toString())),
                    Command.named("fail", TelnetsServerTest::fail),
                    Command.named("evil", (args, t) -> t.println("a\u001b[2J\u009b2J\u0007b\rc")),
                    Command.named("change", TelnetsServerTest::change),
                    Command.named("loop", this::loop),
                    Command.named(
                            "flood",
                            (args, terminal) -> {
                                while (true) terminal.println("x".repeat(1000));
                            }));

    private static void fail(List<String> arguments, Terminal terminal) {
        throw new IllegalStateException("/secret/path is broken");
    }

    private static void change(List<String> arguments, Terminal terminal) throws IOException {
        String password = terminal.askSecret("New password: ");
        String sure = terminal.ask("Sure? ");
        terminal.println(password.length() + " " + sure);
    }

    private void loop(List<String> arguments, Terminal terminal) throws IOException {
        running.countDown();
        for (int i = 0; !terminal.interrupted(); i++) {
            terminal.status(i % 2 == 0 ? "working" : "on it");
            LockSupport.parkNanos(2_000_000);
        }
        terminal.println("stopped");
    }

    private TelnetsServer start() {
        return start(TelnetSettings.loopback(0));
    }

    private TelnetsServer start(TelnetSettings settings) {
        return TelnetsServer.start(settings, TLS, store.authenticator(), commands);
    }

    private static Client client(TelnetsServer server) throws IOException {
        return new Client(server.port(), IDENTITY.certificate());
    }

    private static Client loggedIn(TelnetsServer server) throws IOException {
        var client = client(server);
        client.until("login: ");
        client.sendHex(ANSWERS).send("root@example.org\r\nrootpw\r\n").until("sobre> ");
        return client;
    }

    @Test
    void theSnippetOfTheReadme() throws Exception {
        var administrators = MemoryStore.withAdministrator("ann@example.org", "secret");
        try (var s =
                        TelnetsServer.start(
                                0,
                                TLS,
                                administrators.authenticator(),
                                Command.named(
                                        "uptime",
                                        (args, terminal) -> terminal.println("up for 3 days")));
                var client = client(s)) {
            client.until("login: ");
            client.send("ann@example.org\r\nsecret\r\nuptime\r\nquit\r\n");
            String seen = client.rest();
            assertTrue(seen.contains("up for 3 days\r\n"), seen);
            assertTrue(seen.endsWith("Goodbye.\r\n<end>"), seen);
        }
    }

    @Test
    void offersEchoAndAsksForSizeAndType() throws Exception {
        try (var server = start();
                var client = client(server)) {
            assertEquals(
                    "<fffb01><fffb03><fffd03><fffd1f><fffd18>Sobre administration\r\nlogin: ",
                    client.until("login: "));
            client.sendHex("fffb18"); // WILL TTYPE
            assertEquals("<fffa1801fff0>", client.until("fff0>"));
        }
    }

    @Test
    void echoesTheNameButNotThePassword() throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            client.sendHex(ANSWERS).send("root@");
            assertEquals("root@", client.until("root@"));
            client.send("example.org\r\n");
            assertEquals("example.org\r\nPassword: ", client.until("Password: "));
            client.send("root").send("pw\r\0"); // CR NUL, as RFC 854 has it
            String seen = client.until("sobre> ");
            assertEquals("\r\nWelcome. \"help\" lists the commands.\r\nsobre> ", seen);
            assertEquals("root@example.org", server.sessions().getFirst().user().orElseThrow());
        }
    }

    @Test
    void aClientThatEchoesItselfIsNotEchoedTo() throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            client.send("root@example.org\n");
            assertEquals("Password: ", client.until("Password: "));
            client.send("rootpw\n").until("sobre> ");
            client.send("args a\n");
            assertEquals("[a]\r\nsobre> ", client.until("sobre> "));
        }
    }

    /** LESSONS 10: nothing tells a wrong password from a user without the right, or from none. */
    @ParameterizedTest
    @CsvSource({"root@example.org, wrong", "nobody@example.org, wrong", "ann@example.org, secret"})
    void whoMayNotIsToldTheSame(String user, String password) throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            for (int i = 0; i < 3; i++) client.send(user + "\r\n" + password + "\r\n");
            assertEquals(
                    "Password: Login incorrect.\r\nlogin: ".repeat(2)
                            + "Password: Login incorrect.\r\n<end>",
                    client.rest());
        }
    }

    @Test // LESSONS 14 (CVE-2026-24061)
    void theClientsEnvironmentIsRefusedAndIgnored() throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            client.sendHex("fffb27 fffb24"); // WILL NEW-ENVIRON, WILL ENVIRON
            assertEquals("<fffe27><fffe24>", client.until("<fffe24>"));
            // SB NEW-ENVIRON IS VAR "USER" VALUE "-f root" all the same
            client.sendHex("fffa27 00 00 55534552 01 2d6620726f6f74 fff0");
            client.sendHex("fff6"); // AYT: what was sent before has been read
            String seen = client.until("[yes]");
            client.send("\r\n");
            seen += client.until("Password: ");
            assertFalse(seen.contains("sobre>"), seen);
            assertTrue(server.sessions().getFirst().user().isEmpty());
        }
    }

    @Test
    void knowsTheWindow() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("width\r\n");
            assertTrue(client.until("sobre> ").contains("width 60\r\n"));
            client.sendHex("fffa1f00000000fff0").send("width\r\n");
            assertTrue(client.until("sobre> ").contains("width 80\r\n"));
            client.sendHex("fffa1f00ffff00ffff0018fff0").send("width\r\n"); // wrong length
            assertTrue(client.until("sobre> ").contains("width 80\r\n"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '%',
            value = {
                "args a 'b c'; [a, b c]",
                "args é;       [é]",
                "nonsense;     There is no command nonsense; \"help\" lists the commands.",
                "args 'a;      A quote is open at the end of the line.",
                "fail;         fail failed; the server's log says why.",
                "evil;         a[2J2Jbc",
                "help width;   usage: width",
                "help x;       There is no command x.",
                "change;       New password: ",
            })
    void answers(String line, String answer) throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send(line + "\r\n");
            String seen = client.until("change".equals(line) ? "password: " : "sobre> ");
            String text = new String(seen.getBytes(ISO_8859_1), UTF_8);
            String rest = text.substring(text.indexOf("\r\n") + 2);
            assertTrue(rest.contains(answer), text);
            assertFalse(rest.contains("/secret/path"), text);
        }
    }

    @Test
    void helpListsAll() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("help\r\n");
            String seen = client.until("sobre> ");
            for (String name : List.of("width   tells the width", "help", "quit")) {
                assertTrue(seen.contains("\r\n  " + name), seen);
            }
        }
    }

    @Test
    void asksAndKeepsSecrets() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("change\r\n").until("New password: ");
            client.send("hunter2\r\n");
            assertEquals("\r\nSure? ", client.until("Sure? "));
            client.send("yes\r\n");
            assertEquals("yes\r\n7 yes\r\nsobre> ", client.until("sobre> "));
            client.send("change\r\n").until("New password: ");
            client.send("\3");
            assertEquals("^C\r\nInterrupted.\r\nsobre> ", client.until("sobre> "));
        }
    }

    @Test
    void controlCStopsACommandAndALine() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("loop\r\n");
            client.until("on it"); // progress
            client.send("typed ahead").sendHex("fff4"); // IAC IP
            assertTrue(client.until("sobre> ").endsWith("\rstopped\r\nsobre> "));
            client.send("half a line\3");
            assertTrue(client.until("sobre> ").endsWith("^C\r\nsobre> "));
            client.send("args typed\r\n");
            assertTrue(client.until("]").endsWith("[typed]"));
        }
    }

    @Test
    void completesAndRemembers() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("wi\t\r\n");
            assertTrue(client.until("width 60").startsWith("wi"));
            client.until("sobre> ");
            client.send("\u001b[A\r\n");
            assertTrue(client.until("width 60").startsWith("width"));
        }
    }

    @Test
    void tooLongALineIsNotRun() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            client.send("args " + "x".repeat(1100) + "\r\nargs y\r\n");
            String seen = client.until("[y]");
            assertTrue(seen.contains("The line is longer than 1024 characters."), seen);
        }
    }

    @Test
    void aRemovedAdministratorRunsNoMore() throws Exception {
        try (var server = start();
                var client = loggedIn(server)) {
            var root = store.accounts().find("root@example.org").orElseThrow();
            store.accounts().remove(root.id());
            client.send("args x\r\n");
            String seen = client.rest();
            assertFalse(seen.contains("[x]"), seen);
            assertTrue(seen.endsWith("changed or removed; log in again.\r\n<end>"), seen);
        }
    }

    @Test // LESSONS 2
    void aFloodBeforeLoginEndsTheSession() throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            client.send("x".repeat(17 * 1024));
            assertTrue(client.rest().endsWith("Too much was sent before a login.\r\n<end>"));
        }
    }

    @Test // LESSONS 2
    void aFloodOfOptionsBeforeLoginEndsTheSession() throws Exception {
        try (var server = start();
                var client = client(server)) {
            client.until("login: ");
            client.sendHex("fffb27".repeat(6 * 1024));
            assertTrue(client.rest().endsWith("Too much was sent before a login.\r\n<end>"));
        }
    }

    @Test // LESSONS 8
    void anAdministratorWhoDoesNotReadIsLetGo() throws Exception {
        var limits = Limits.standard().withWriteStall(Duration.ofMillis(500));
        try (var server = start(TelnetSettings.loopback(0).withLimits(limits));
                var client = loggedIn(server)) {
            client.send("flood\r\n");
            await().until(() -> server.sessions().isEmpty());
        }
    }

    @Test
    void silenceEndsASession() throws Exception {
        var limits =
                Limits.standard()
                        .withIdleTime(Duration.ofMillis(300))
                        .withLoginTime(Duration.ofMillis(300));
        try (var server = start(TelnetSettings.loopback(0).withLimits(limits));
                var client = client(server)) {
            assertTrue(client.rest().endsWith("The login took too long.\r\n<end>"));
        }
        try (var server =
                        start(
                                TelnetSettings.loopback(0)
                                        .withLimits(limits.withLoginTime(Duration.ofMinutes(1))));
                var client = loggedIn(server)) {
            assertTrue(client.rest().endsWith("Nothing was typed for a long time.\r\n<end>"));
        }
    }

    @Test
    void aStopSaysGoodbye() throws Exception {
        var server = start();
        try (var client = loggedIn(server);
                var other = client(server)) {
            other.until("login: ");
            server.close();
            server.close();
            assertTrue(client.rest().endsWith("The server shuts down.\r\n<end>"));
            assertTrue(other.rest().endsWith("The server shuts down.\r\n<end>"));
        }
    }

    @Test
    void twoCommandsOfOneNameAreAMistake() {
        Command help = Command.named("help", (args, terminal) -> {});
        assertThrows(IllegalArgumentException.class, () -> new CommandTable(List.of(help)));
    }
}
