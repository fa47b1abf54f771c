package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code openssl} command, as the other side of a test, in a directory of its own. */
public final class Openssl {
    private final Path directory;

    /** What a run said, and how it ended. */
    public record Answer(int code, String text) {}

    /** A build server must have it; elsewhere a test that needs it is left out. */
    public Openssl(Path directory) {
        assumeTrue(System.getenv("CI") != null || onPath(), "openssl is not installed");
        this.directory = directory;
    }

    /** Runs words separated by spaces, and must succeed. */
    public String run(String words) throws Exception {
        var answer = tryRun(words);
        assertEquals(0, answer.code(), answer.text());
        return answer.text();
    }

    public Answer tryRun(String words) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), said);
    }

    private static boolean onPath() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl")));
    }
}
