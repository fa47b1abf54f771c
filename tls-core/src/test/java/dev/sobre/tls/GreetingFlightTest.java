package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Session tickets and the service's greeting leave in one flight, as the kernel sees it, and so do
 * last words and close_notify.
 */
class GreetingFlightTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Pattern OCTETS = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})+)\"");
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int DATA = 23;

    private record Sent(int type, int length) {
        /** What a record adds to it is a nonce or a content type, a tag, and the JDK's padding. */
        boolean greets() {
            return type == DATA && length > Greeter.GREETING && length < Greeter.GREETING + 40;
        }
    }

    @Test
    void oneCallOfTheKernelTakesWhatBelongsTogether(@TempDir Path dir) throws Exception {
        boolean there = Files.isExecutable(STRACE);
        assumeTrue(there || System.getenv("CI") != null, "strace is not installed");
        assertTrue(there, "CI needs strace");
        Path log = dir.resolve("calls");
        List<List<Integer>> expected = greeted(log);
        List<List<Integer>> flights;
        try (var calls = Files.lines(log)) {
            flights =
                    calls.map(GreetingFlightTest::records)
                            .filter(sent -> sent.stream().anyMatch(Sent::greets))
                            .map(sent -> sent.stream().map(Sent::type).toList())
                            .toList();
        }
        assertEquals(expected, flights);
    }

    /** Is greeted by each engine in each way; returns the records that each greeting comes with. */
    private static List<List<Integer>> greeted(Path log) throws Exception {
        var expected = new ArrayList<List<Integer>>();
        Process server = traced(log);
        try (BufferedReader said = server.inputReader()) {
            for (Engine _ : Engine.values()) {
                for (Greeter.When when : Greeter.When.values()) {
                    int port = Integer.parseInt(said.readLine());
                    greeted(port, "TLSv1.3");
                    expected.add(
                            when == Greeter.When.LAST // tickets and alert are encrypted
                                    ? List.of(DATA, DATA, DATA)
                                    : List.of(DATA, DATA));
                    greeted(port, "TLSv1.2");
                    expected.add(
                            switch (when) {
                                // A client waits for the Finished behind the ticket.
                                case AT_ONCE ->
                                        List.of(HANDSHAKE, CHANGE_CIPHER_SPEC, HANDSHAKE, DATA);
                                case SOON -> List.of(DATA);
                                case LAST -> List.of(DATA, ALERT);
                            });
                }
            }
            server.getOutputStream().close();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS));
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
        return expected;
    }

    private static void greeted(int port, String version) throws Exception {
        try (var socket = JdkPeer.trustingAnyone().connect(port)) {
            socket.setSoTimeout(60_000);
            socket.setEnabledProtocols(new String[] {version});
            byte[] greeting = socket.getInputStream().readNBytes(Greeter.GREETING);
            assertEquals(Greeter.GREETING, greeting.length);
        }
    }

    private static Process traced(Path log) throws IOException {
        List<String> command =
                List.of(
                        STRACE.toString(),
                        "-f",
                        "--seccomp-bpf",
                        "-xx", // each octet in hexadecimal
                        "-s", // and as many as there are
                        "100000",
                        "-e",
                        "trace=write,writev,sendto,sendmsg",
                        "-o",
                        log.toString(),
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Greeter.class.getName());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The records that one call sent; none where it sent something else. */
    private static List<Sent> records(String call) {
        String hex =
                OCTETS.matcher(call)
                        .results()
                        .map(part -> part.group(1).replace("\\x", ""))
                        .collect(Collectors.joining());
        byte[] octets = HexFormat.of().parseHex(hex);
        var records = new ArrayList<Sent>();
        int at = 0;
        while (at + 5 <= octets.length) {
            int length = (octets[at + 3] & 0xFF) << 8 | (octets[at + 4] & 0xFF);
            records.add(new Sent(octets[at], length));
            at += 5 + length;
        }
        return at == octets.length ? records : List.of();
    }
}
