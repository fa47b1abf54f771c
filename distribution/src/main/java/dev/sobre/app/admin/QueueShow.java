package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code queue show}: all that is known of mail in the queue. */
@Command(
        name = "show",
        description = "Shows all that is known of mail that waits to leave, its text aside.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} 3f2a90c1"})
final class QueueShow implements AdminCommand {

    @Mixin private QueueChoice choice = new QueueChoice();

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        Instant now = Instant.now();
        for (Waiting each : choice.existing(office)) {
            var data = QueueData.of(each, now);
            if (json) {
                caller.terminal().println(Json.of(data));
                continue;
            }
            for (var field : data.entrySet()) {
                caller.terminal().println("%-11s %s".formatted(field.getKey(), field.getValue()));
            }
            caller.terminal().println("");
        }
        return 0;
    }
}
