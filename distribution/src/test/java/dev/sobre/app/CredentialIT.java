package dev.sobre.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Session ticket keys from a credential of systemd, of which nothing is needed here but its
 * contract: the variable {@code CREDENTIALS_DIRECTORY}. {@code openssl s_client} is the client.
 */
class CredentialIT {

    private static final List<String> VERSIONS = List.of("-tls1_3", "-tls1_2");

    @TempDir Path work;

    @Test
    void whoHasTheCredentialResumesWhatOthersBegan() throws Exception {
        assumeTrue(openssl() || "true".equals(System.getenv("CI")), "openssl is not installed");
        Path one = home("one");
        Path two = home("two");
        Path same = credential("same", 1);
        try (var first = serving(one, same)) {
            for (String version : VERSIONS) {
                assertTrue(talk(first, version, "-sess_out", session(version)).contains("New, "));
            }
            try (var beside = serving(two, same)) {
                for (String version : VERSIONS) assertTrue(resumes(beside, version), version);
            }
        }
        try (var restarted = serving(one, same)) {
            for (String version : VERSIONS) assertTrue(resumes(restarted, version), version);
        }
        try (var stranger = serving(two, credential("other", 2))) {
            for (String version : VERSIONS) assertFalse(resumes(stranger, version), version);
        }
    }

    @Test
    void aCredentialThatIsNotThereIsSaidWithItsLineAndWhatToDo() throws Exception {
        Path home = home("one");
        refuses(home, Map.of(), "CREDENTIALS_DIRECTORY is not set", "LoadCredential=tickets:FILE");
        Path empty = Files.createDirectory(work.resolve("empty"));
        refuses(home, handingOver(empty), "there is no " + empty, "LoadCredential=tickets:FILE");
        Files.write(empty.resolve("tickets"), new byte[31]);
        refuses(home, handingOver(empty), "must hold 32 random bytes", "head -c 32 /dev/urandom");
    }

    private void refuses(Path home, Map<String, String> environment, String... words)
            throws Exception {
        try (var run = serve(home, environment)) {
            assertEquals(1, run.code());
            String place = home.resolve("sobre.toml") + ":" + lineOfKeys(home) + ": ";
            assertTrue(run.complained().contains(place), run.complained());
            for (String each : words) {
                assertTrue(run.complained().contains(each), run.complained());
            }
            assertFalse(run.complained().contains("\tat "), run.complained());
        }
    }

    private static int lineOfKeys(Path home) throws IOException {
        var lines = Files.readAllLines(home.resolve("sobre.toml"));
        return lines.indexOf("ticket-keys = \"credential:tickets\"") + 1;
    }

    /** A home whose identity is that of all the others: sessions never cross identities. */
    private Path home(String name) throws IOException {
        Path root = work.resolve(name);
        var configuration = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        Home home = FirstRun.create(root, configuration);
        Path file = home.configurationFile();
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("[tls]\n", "[tls]\nticket-keys = \"credential:tickets\"\n")
                        .replaceAll("addresses = \\[]", "addresses = [\"127.0.0.1\"]"));
        for (String each : List.of("server.pem", "server.key")) {
            Path shared = work.resolve(each);
            if (!Files.exists(shared)) Files.copy(home.tls().resolve(each), shared);
            Files.write(home.tls().resolve(each), Files.readAllBytes(shared));
        }
        return root;
    }

    private Path credential(String name, int content) throws IOException {
        Path directory = Files.createDirectory(work.resolve(name));
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) content);
        Files.write(directory.resolve("tickets"), secret);
        return directory;
    }

    private Launched serving(Path home, Path credentials) throws IOException {
        var run = serve(home, handingOver(credentials));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run.said().contains("\n") || !run.process().isAlive());
        assertTrue(run.said().startsWith("ready "), run.complained());
        return run;
    }

    private Launched serve(Path home, Map<String, String> environment) throws IOException {
        return Launched.with(work, environment, List.of(), "", "serve", "--home", home.toString());
    }

    private static Map<String, String> handingOver(Path credentials) {
        return Map.of("CREDENTIALS_DIRECTORY", credentials.toString());
    }

    private String session(String version) {
        return work.resolve("session" + version).toString();
    }

    private boolean resumes(Launched server, String version) throws Exception {
        String said = talk(server, version, "-sess_in", session(version));
        if (said.contains("\nReused, ")) return true;
        assertTrue(said.contains("\nNew, "), said);
        return false;
    }

    /** Hears a greeting of IMAP, behind which the tickets are, and says goodbye. */
    private static String talk(Launched server, String... options) throws Exception {
        var port = Pattern.compile("imaps=(\\d+)").matcher(server.said());
        assertTrue(port.find(), server.said());
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
        command.add("127.0.0.1:" + port.group(1));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var to = process.outputWriter(ISO_8859_1);
                var from = process.inputReader(ISO_8859_1)) {
            var said = new StringBuilder();
            for (String line; (line = from.readLine()) != null; ) {
                said.append(line).append('\n');
                if (!line.startsWith("* OK")) continue;
                to.write("1 LOGOUT\n");
                to.close();
            }
            return said.toString();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean openssl() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl")));
    }
}
