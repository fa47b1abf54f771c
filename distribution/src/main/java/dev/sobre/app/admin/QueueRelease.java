package dev.sobre.app.admin;

import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code queue release}: lets mail go that was held back. */
@Command(
        name = "release",
        description = "Lets mail go that was held back.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} @example.net"})
final class QueueRelease implements AdminCommand {

    @Mixin private QueueChoice choice = new QueueChoice();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        return choice.change("released", office, caller, QueueRelease::change);
    }

    private static boolean change(Office office, Waiting seen) {
        if (!seen.entry().terms().held()) return true; // nor is it to go any sooner
        Instant now = Instant.now();
        var entry = seen.entry().with(seen.entry().terms().withHeld(false));
        return office.store().spool().change(seen, entry.soon(now), now);
    }
}
