package dev.sobre.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Identity;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sobre tls explain --trace}, as a user has it. */
class TraceTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    @TempDir private Path work;

    @Test
    void json() throws Exception {
        var run = run("--trace", "--json", "--secrets");
        assertEquals(0, run.code(), run.complained());
        assertTrue(run.said().startsWith("{\"host\":\"localhost\",\"port\":"), run.said());
        assertTrue(run.said().contains("\"from\":\"client\",\"name\":\"ClientHello\""), run.said());
        assertTrue(run.said().contains("\"name\":\"CertificateVerify\",\"bytes\":"), run.said());
        assertTrue(run.said().contains("{\"name\":\"resumption master secret\""), run.said());
        assertTrue(run.said().contains("\"problem\":null"), run.said());
        assertTrue(run.complained().contains("holds the secrets of this connection"));
    }

    @Test
    void secretsOnlyWhereAskedFor() throws Exception {
        var run = run("--trace", "--json", "--tls", "1.2");
        assertEquals(0, run.code(), run.complained());
        assertTrue(run.said().contains("\"name\":\"ServerKeyExchange\""), run.said());
        assertTrue(run.said().contains("\"secrets\":[]"), run.said());
        assertEquals("", run.complained());
    }

    @Test
    void whatMakesNoSenseIsTwo() throws Exception {
        assertEquals(2, run("--secrets").code());
        assertEquals(2, run("--tls", "1.2").code());
        assertEquals(2, run("--trace", "--tls", "1.1").code());
        var unknown = run("--trace", "--suite", "TLS_BEST");
        assertEquals(2, unknown.code());
        assertTrue(unknown.complained().contains("IANA name"), unknown.complained());
    }

    /** What a command left behind. */
    private record Ran(int code, String said, String complained) {}

    private Ran run(String... options) throws Exception {
        String pem =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(LOCALHOST.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n";
        Path ca = Files.writeString(work.resolve("ca.pem"), pem);
        var tls = TlsContext.of(LOCALHOST);
        try (var listener =
                TlsListener.bind(
                        ListenerSettings.loopback(0), tls, (channel, info) -> channel.close())) {
            var words = new ArrayList<>(List.of("tls", "explain", "--ca", ca.toString()));
            words.addAll(List.of(options));
            words.add("localhost:" + listener.port());
            return run(words);
        }
    }

    private static Ran run(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream before = System.out;
        PrintStream errorsBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Cli.run(words.toArray(String[]::new));
            return new Ran(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(errorsBefore);
        }
    }
}
