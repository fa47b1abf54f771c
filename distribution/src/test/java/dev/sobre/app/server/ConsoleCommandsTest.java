package dev.sobre.app.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.Office;
import dev.sobre.mail.memory.MemoryStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The administrators' commands as the console has them. */
class ConsoleCommandsTest {

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
