package dev.sobre.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that writes {@code ACK number} for what is durable, and is killed in the middle. */
final class KilledProcess {

    private KilledProcess() {}

    /** Runs it, sends SIGKILL after so many acknowledgements. Returns all that it wrote. */
    static List<Long> run(Class<?> main, int count, Object... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        for (Object each : arguments) command.add(each.toString());
        var child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<Long> acknowledged = new ArrayList<>();
        try (var out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!line.startsWith("ACK ")) continue;
                acknowledged.add(Long.parseLong(line.substring(4)));
                if (acknowledged.size() == count) child.toHandle().destroyForcibly();
            }
        } finally {
            child.destroyForcibly();
        }
        assertTrue(child.waitFor(30, SECONDS));
        assertEquals(128 + 9, child.exitValue(), "killed, not ended");
        return acknowledged;
    }
}
