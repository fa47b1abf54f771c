package dev.sobre.app.admin;

import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code queue hold}: holds mail back until it is released; its time goes on. */
@Command(
        name = "hold",
        description = "Holds mail back until it is released; its time goes on.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} @example.net"})
final class QueueHold implements AdminCommand {

    @Mixin private QueueChoice choice = new QueueChoice();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        return choice.change("held back", office, caller, QueueHold::change);
    }

    private static boolean change(Office office, Waiting seen) {
        var entry = seen.entry().with(seen.entry().terms().withHeld(true));
        return office.store().spool().change(seen, entry, Instant.now());
    }
}
