package dev.sobre.app.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.mail.memory.MemoryStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The administrators' commands as the console has them. */
class ConsoleCommandsTest {

    /** Whoever logs in from afar gets no files of the server's machine. */
    @Test
    void theConsoleHasNoFiles() throws Exception {
        var office =
                new Office(
                        "example.org", MemoryStore.with("ann@example.org", "x"), Optional.empty());
        for (var command : ConsoleCommands.of(office)) {
            if (!List.of("export", "import").contains(command.name())) continue;
            var terminal = ScriptedCaller.answering();
            command.run(List.of("ann", "--maildir", "/tmp"), terminal);
            assertTrue(
                    terminal.printed().startsWith("the console can't read or write files"),
                    terminal.printed());
        }
    }

    /** The console puts "usage: " in front. */
    @Test
    void usageBeginsWithTheCommandItself() {
        var office = new Office("example.org", MemoryStore.empty(), Optional.empty());
        for (var command : ConsoleCommands.of(office)) {
            String usage = command.usage();
            String first = usage.lines().findFirst().orElse("");
            assertTrue(first.startsWith(command.name()), usage);
            assertFalse(usage.contains("Usage:"), usage);
        }
    }
}
