package dev.sobre.app.admin;

import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code queue delete}: deletes mail that waits to leave; its sender is not told. */
@Command(
        name = "delete",
        description = "Deletes mail that waits to leave; its sender is not told.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} @example.net"})
final class QueueDelete implements AdminCommand {

    @Mixin private QueueChoice choice = new QueueChoice();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        return choice.change("deleted", office, caller, QueueDelete::change);
    }

    private static boolean change(Office office, Waiting seen) {
        return office.store().spool().remove(seen, Instant.now());
    }
}
