package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The {@code openssl} command as a client: says a word to an {@link Echo}, hears it, goes away. */
final class OpenSslPeer {
    private static final String WORD = "the-word";

    private OpenSslPeer() {}

    /** What {@code openssl s_client} printed, with what the options add. */
    static String talk(int port, String... options) throws IOException, InterruptedException {
        assumeTrue(installed() || "true".equals(System.getenv("CI")), "openssl is not installed");
        var command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var to = process.outputWriter(ISO_8859_1);
                var from = process.inputReader(ISO_8859_1)) {
            to.write(WORD + "\n");
            to.flush();
            var said = new StringBuilder();
            for (String line; (line = from.readLine()) != null; ) {
                said.append(line).append('\n');
                // The word back means that everything before it has come, tickets too.
                if (line.equals(WORD)) to.close();
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) throw new AssertionError("it hangs");
            return said.toString();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether a talk continued an earlier session. */
    static boolean reused(String said) {
        if (said.contains("\nReused, ")) return true;
        if (said.contains("\nNew, ")) return false;
        throw new AssertionError("no handshake:\n" + said);
    }

    /** What follows a word in a talk. */
    static String after(String word, String said) {
        var found = Pattern.compile(Pattern.quote(word) + "\\s*(\\S+)").matcher(said);
        if (!found.find()) throw new AssertionError("no '" + word + "' in:\n" + said);
        return found.group(1);
    }

    private static boolean installed() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl")));
    }
}
