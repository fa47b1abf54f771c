package dev.sobre.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.ConfigurationText;
import dev.sobre.app.config.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged layout, run as its users run it. */
class LayoutIT {

    @TempDir Path work;

    @Test
    void versionIsAllThatIsSaid() throws Exception {
        try (var run = Launched.sobre(work, "--version")) {
            assertEquals(0, run.code());
            assertTrue(run.said().matches("sobre \\d\\S*\\n"), run.said());
            assertEquals("", run.complained());
        }
    }

    @Test
    void theStartUpCacheFitsAndTheJvmIsSilent() throws Exception {
        var insist = Map.of("SOBRE_AOT_MODE", "on");
        try (var run = Launched.with(work, insist, List.of(), "", "check")) {
            assertEquals(0, run.code(), run.complained());
            assertTrue(run.said().endsWith("all is well\n"), run.said());
            assertEquals("", run.complained());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "init",
                "serve",
                "settings",
                "send",
                "tls explain",
                "tunnel",
                "check",
                "tls",
                "account",
                "account add",
                "account set",
                "account passwd",
                "account app-password",
                "account app-password add",
                "account show",
                "account remove",
                "account list",
                "account import",
                "status",
                "sessions"
            })
    void helpHasAnExample(String command) throws Exception {
        try (var run = Launched.sobre(work, (command + " --help").strip().split(" "))) {
            assertEquals(0, run.code());
            assertTrue(run.said().contains("Example: "), run.said());
            assertTrue(run.said().contains("sobre " + command), run.said());
        }
    }

    @Test
    void aWrongCommandLineIsTwo() throws Exception {
        try (var unknown = Launched.sobre(work, "dance");
                var missing = Launched.sobre(work, "init", "--home", "x");
                var group = Launched.sobre(work, "account")) {
            assertEquals(2, unknown.code());
            assertEquals(2, missing.code());
            assertEquals(2, group.code());
            assertTrue(missing.complained().contains("--domain"), missing.complained());
        }
    }

    @Test
    void initServeAndStop() throws Exception {
        Path home = initialised();
        try (var first = Launched.sobre(work, "serve", "--home", home.toString())) {
            awaitReady(first);
            assertTrue(
                    first.said().matches("ready smtps=\\d+ pop3s=\\d+ imaps=\\d+ telnets=\\d+\\n"),
                    first.said());
            try (var second = Launched.sobre(work, "serve", "--home", home.toString())) {
                assertEquals(1, second.code());
                String pid = Long.toString(first.process().pid());
                assertTrue(second.complained().contains("process " + pid), second.complained());
            }
            var added = added(home, "ann@example.org");
            assertEquals("added ann@example.org\n", added);
            var since = System.nanoTime();
            first.process().destroy(); // SIGTERM
            assertEquals(0, first.code(), first.complained());
            assertTrue(System.nanoTime() - since < Duration.ofSeconds(5).toNanos());
            assertFalse(first.complained().contains("WARNING"), first.complained());
        }
        try (var list = Launched.sobre(work, "user", "list", "--home", home.toString())) {
            assertEquals(0, list.code());
            assertEquals("ann@example.org\n", list.said());
        }
    }

    @Test
    void initOverwritesNothing() throws Exception {
        Path home = initialised();
        String before = Files.readString(home.resolve("tls/ca.pem"));
        try (var again =
                Launched.sobre(
                        work, "init", "--home", home.toString(), "--domain", "other.example")) {
            assertEquals(1, again.code());
            assertTrue(again.complained().contains("not overwritten"), again.complained());
        }
        assertEquals(before, Files.readString(home.resolve("tls/ca.pem")));
    }

    @Test
    void aBrokenConfigurationNamesItsLine() throws Exception {
        Path home = initialised();
        Path file = home.resolve("sobre.toml");
        Files.writeString(file, "domain = \"example.org\"\n[imaps]\nport = \"no\"\n");
        refuses(file + ":3: ", "serve", "--home", home.toString());
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        Path home = initialised();
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            configure(home, Service.IMAPS, taken.getLocalPort());
            String port = "port " + taken.getLocalPort() + ": the port is taken; find who has it";
            refuses(port, "serve", "--home", home.toString());
        }
    }

    @Test
    void aPortBelow1024WithoutPermissionSaysHowToAllowIt() throws Exception {
        Path home = initialised();
        configure(home, Service.IMAPS, 993);
        var without =
                List.of(
                        "setpriv",
                        "--bounding-set=-net_bind_service",
                        "--inh-caps=-net_bind_service");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "util-linux is there");
        String first = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
        assumeTrue(Integer.parseInt(Files.readString(Path.of(first)).strip()) > 993);
        try (var run =
                Launched.with(work, Map.of(), without, "", "serve", "--home", home.toString())) {
            int code = run.code();
            assumeTrue(!run.complained().contains("setpriv:"), "this user may not drop anything");
            assertEquals(1, code);
            assertTrue(run.complained().contains("CAP_NET_BIND_SERVICE"), run.complained());
        }
    }

    @Test
    void whatIsNotThereIsSaidWithWhatToDo() throws Exception {
        refuses("sobre init --home", "serve", "--home", work.resolve("nowhere").toString());
        refuses("no server runs", "status", "--home", initialised().toString());
        refuses(2, "is not HOST:PORT", "tls", "explain", "somewhere");
        refuses(2, "--home DIR", "serve");
        refuses(2, "0 to 64540", init("--port-offset", "65000"));
        refuses(
                2,
                "no port",
                "tunnel",
                "--accept",
                "99999",
                "--connect",
                "localhost:1",
                "--cert",
                "c",
                "--key",
                "k");
        refuses("", "tls", "explain", "127.0.0.1:1");
    }

    @Test
    void aLogThatCannotBeWrittenIsNoLogAndNoServer() throws Exception {
        Path home = initialised();
        Path file = home.resolve("sobre.toml");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("file = \"\"", "file = \"nowhere/x.log\""));
        refuses(file + ":", "serve", "--home", home.toString());
        Files.writeString(file, text.replace("file = \"\"", "file = \"store\""));
        refuses("`log.file` can't be", "serve", "--home", home.toString());
    }

    @Test
    void aHostnameThatNoCertificateHasIsWarnedOf() throws Exception {
        Path home = initialised();
        Path file = home.resolve("sobre.toml");
        String text = Files.readString(file);
        Files.writeString(
                file, text.replaceFirst("hostname = \"[^\"]*\"", "hostname = \"mail.other\""));
        try (var run = Launched.sobre(work, "serve", "--home", home.toString())) {
            awaitReady(run);
            assertTrue(
                    run.complained().contains("no certificate is for mail.other"),
                    run.complained());
        }
    }

    /** As a copy without times makes it: Java then finds that the cache is of other jars. */
    @Test
    void aCacheOfOtherJarsIsMadeAnewAndNothingElseSaid() throws Exception {
        Path layout = Path.of(System.getProperty("sobre.layout"));
        Path copy = work.resolve("copied layout");
        var copied = new ProcessBuilder("cp", "-r", layout.toString(), copy.toString()).start();
        assertEquals(0, copied.waitFor());
        Path sobre = copy.resolve("bin/sobre");
        try (var first = Launched.program(work, sobre, Map.of(), "--version")) {
            assertEquals(0, first.code());
            assertTrue(first.complained().contains("making its start-up cache"));
            assertEquals(1, first.complained().lines().count(), first.complained());
        }
        try (var second =
                Launched.program(work, sobre, Map.of("SOBRE_AOT_MODE", "on"), "status", "--help")) {
            assertEquals(0, second.code(), second.complained());
            assertEquals("", second.complained());
        }
    }

    @Test
    void javaIsFoundWithoutAHome() throws Exception {
        var bare = List.of("env", "-u", "HOME", "-u", "JAVA_HOME");
        try (var run = Launched.with(work, Map.of(), bare, "", "--version")) {
            assertEquals("", run.complained());
            assertEquals(0, run.code());
        }
    }

    private String[] init(String... more) {
        var words = new java.util.ArrayList<>(List.of("init", "--home", "x", "--domain", "x.org"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private void refuses(String why, String... arguments) throws Exception {
        refuses(1, why, arguments);
    }

    private void refuses(int code, String why, String... arguments) throws Exception {
        try (var run = Launched.sobre(work, arguments)) {
            assertEquals(code, run.code(), run.said());
            assertTrue(run.complained().contains(why), run.complained());
            assertFalse(run.complained().contains("\tat "), "no stack trace: " + run.complained());
        }
    }

    private String added(Path home, String address) throws Exception {
        String[] words = {"user", "add", "--home", home.toString(), "--password-stdin", address};
        try (var run = Launched.with(work, Map.of(), List.of(), "a long secret\n", words)) {
            assertEquals(0, run.code(), run.complained());
            return run.said();
        }
    }

    private Path initialised() throws Exception {
        Path home = work.resolve("home");
        try (var run =
                Launched.sobre(
                        work, "init", "--home", home.toString(), "--domain", "example.org")) {
            assertEquals(0, run.code(), run.complained());
        }
        configure(home, Service.IMAPS, 0);
        return home;
    }

    /** Free ports on this machine alone, but for one service. */
    private static void configure(Path home, Service service, int port) throws IOException {
        var free = Configuration.standard("example.org", "example.org", 0).onFreePorts();
        String text = ConfigurationText.of(free);
        String section = "(?s)(\\[" + service.label() + "].*?port = )\\d+";
        Files.writeString(
                home.resolve("sobre.toml"),
                text.replaceFirst(section, "$1" + port)
                        .replace("addresses = []", "addresses = [\"127.0.0.1\"]"));
    }

    private static void awaitReady(Launched run) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run.said().contains("\n") || !run.process().isAlive());
    }
}
