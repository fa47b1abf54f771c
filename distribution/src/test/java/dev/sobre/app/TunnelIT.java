package dev.sobre.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged {@code sobre tunnel} in front of a service that echoes, with {@code openssl} as
 * authority and as client.
 */
class TunnelIT {

    private static final String WORD = "hello";

    @TempDir Path work;
    private ServerSocket service;

    @BeforeEach
    void serveAndIssue() throws Exception {
        boolean there =
                Pattern.compile(":")
                        .splitAsStream(System.getenv("PATH"))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "openssl")));
        assumeTrue(there || "true".equals(System.getenv("CI")), "openssl is not installed");
        service = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::echo);
        made("server", "subjectAltName=DNS:localhost");
        made("ca", "keyUsage=critical,keyCertSign,cRLSign");
        for (String client : List.of("ann", "bob")) issued(client);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void aPolicyIsKept() throws Exception {
        try (var tunnel = tunnel("--policy", "modern")) {
            assertTrue(served(tunnel, "-tls1_3"));
            assertFalse(served(tunnel, "-tls1_2"));
        }
        try (var tunnel = tunnel()) {
            assertTrue(served(tunnel, "-tls1_2"));
        }
    }

    @Test
    void clientsShowCertificatesThatHold() throws Exception {
        Path list = revoking("bob");
        try (var tunnel =
                tunnel(
                        "--client-certificates",
                        "required",
                        "--client-ca",
                        file("ca.pem"),
                        "--client-crl",
                        list.toString())) {
            for (String version : List.of("-tls1_3", "-tls1_2")) {
                assertTrue(
                        served(tunnel, version, "-cert", file("ann.pem"), "-key", file("ann.key")));
                assertFalse(served(tunnel, version));
                assertFalse(
                        served(tunnel, version, "-cert", file("bob.pem"), "-key", file("bob.key")));
            }
            assertTrue(tunnel.complained().contains("revoked"), tunnel.complained());
        }
    }

    @Test
    void anOptionalCertificateNeedNotBeShownButMustHold() throws Exception {
        try (var tunnel =
                tunnel("--client-certificates", "optional", "--client-ca", file("ca.pem"))) {
            assertTrue(served(tunnel));
            assertTrue(served(tunnel, "-cert", file("bob.pem"), "-key", file("bob.key")));
            assertFalse(served(tunnel, "-cert", file("server.pem"), "-key", file("server.key")));
        }
    }

    @Test
    void whatCannotBeIsSaidWithWhatToDo() throws Exception {
        refuses(2, "these are: modern, standard, compatible", "--policy", "old");
        refuses(2, "none, optional or required", "--client-certificates", "maybe");
        refuses(2, "needs --client-ca FILE", "--client-certificates", "required");
        refuses(2, "need --client-certificates", "--client-ca", file("ca.pem"));
        String[] nobody = {"--client-certificates", "required", "--client-ca", file("nobody.pem")};
        refuses(1, file("nobody.pem"), nobody);
        String[] leaf = {"--client-certificates", "required", "--client-ca", file("ann.pem")};
        refuses(1, "is no authority", leaf);
    }

    private void refuses(int code, String why, String... options) throws Exception {
        try (var run = launched(options)) {
            assertEquals(code, run.code(), run.said());
            assertTrue(run.complained().contains(why), run.complained());
            assertFalse(run.complained().contains("\tat "), run.complained());
        }
    }

    private Launched tunnel(String... options) throws IOException {
        var run = launched(options);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run.said().contains("\n") || !run.process().isAlive());
        assertTrue(run.said().startsWith("ready tunnel="), run.complained());
        return run;
    }

    private Launched launched(String... options) throws IOException {
        var words = new ArrayList<>(List.of("tunnel", "--accept", "127.0.0.1:0", "--connect"));
        words.add("127.0.0.1:" + service.getLocalPort());
        words.addAll(List.of("--cert", file("server.pem"), "--key", file("server.key")));
        words.addAll(List.of(options));
        return Launched.sobre(work, words.toArray(String[]::new));
    }

    private void echo() {
        try {
            while (true) {
                Socket client = service.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // a client that was refused
        }
    }

    /** Whether a client's word comes back. */
    private boolean served(Launched tunnel, String... options) throws Exception {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
        command.add("127.0.0.1:" + tunnel.said().strip().replace("ready tunnel=", ""));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var from = process.inputReader(ISO_8859_1)) {
            try {
                process.getOutputStream().write((WORD + "\n").getBytes(ISO_8859_1));
                process.getOutputStream().flush();
            } catch (IOException refusedAlready) {
                // What it printed tells.
            }
            for (String line; (line = from.readLine()) != null; ) {
                if (line.equals(WORD)) return true;
            }
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private String file(String name) {
        return work.resolve(name).toString();
    }

    /** A key and a certificate that it signs itself. */
    private void made(String name, String extension) throws Exception {
        openssl(
                "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 9 -keyout "
                        + (name + ".key -out " + name + ".pem -subj /CN=" + name)
                        + (" -addext " + extension));
    }

    /** A client's certificate by the authority. */
    private void issued(String name) throws Exception {
        openssl(
                "req -new -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -keyout "
                        + (name + ".key -out " + name + ".csr -subj /CN=" + name)
                        + " -addext extendedKeyUsage=clientAuth");
        openssl(
                "x509 -req -copy_extensions copyall -CA ca.pem -CAkey ca.key -days 9 -in "
                        + (name + ".csr -out " + name + ".pem"));
    }

    private Path revoking(String name) throws Exception {
        Files.createFile(work.resolve("index"));
        Files.writeString(
                work.resolve("ca.conf"),
                """
                [ca]
                default_ca = here
                [here]
                database = index
                default_md = sha256
                default_crl_days = 9
                certificate = ca.pem
                private_key = ca.key
                """);
        openssl("ca -config ca.conf -revoke " + name + ".pem");
        openssl("ca -config ca.conf -gencrl -out ca.crl");
        return work.resolve("ca.crl");
    }

    private void openssl(String words) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(words.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertEquals(0, process.waitFor(), said);
    }
}
