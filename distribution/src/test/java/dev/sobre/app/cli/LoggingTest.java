package dev.sobre.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is logged where, and what the log of a server must never wait for. */
class LoggingTest {

    private final PrintStream before = System.err;

    @AfterEach
    void restore() {
        System.setErr(before);
        new Logging().configure((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    @Test
    void aCommandWarnsInPlainWords() {
        var shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        new Logging().configure((LoggerContext) LoggerFactory.getILoggerFactory());
        LoggerFactory.getLogger(LoggingTest.class).warn("this is amiss", new IOException("why"));
        assertEquals("sobre: this is amiss\n", shown.toString(StandardCharsets.UTF_8));
    }

    /** One that is there stays as somebody made it. */
    @Test
    void aFileThatIsMadeIsNotForOthers(@TempDir Path dir) throws Exception {
        Path made = dir.resolve("made.log");
        Logging.toFile(made, "info");
        assertTrue(mode(made).endsWith("---"), mode(made));
        Path found = Files.createFile(dir.resolve("found.log"));
        Files.setPosixFilePermissions(found, PosixFilePermissions.fromString("rw-rw-r--"));
        Logging.toFile(found, "info");
        assertEquals("rw-rw-r--", mode(found));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Who holds it may be a session, and wait for the event loop that logs. */
    @Test
    void isNotWhoPrintsToStandardError() throws Exception {
        var err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {};
        System.setErr(err);
        Logging.toConsole("info");
        synchronized (err) { // so locks one that is no PrintStream of Java's own
            Thread loop =
                    Thread.ofPlatform()
                            .start(() -> LoggerFactory.getLogger(LoggingTest.class).info("a line"));
            assertTrue(loop.join(Duration.ofSeconds(20)));
        }
    }
}
