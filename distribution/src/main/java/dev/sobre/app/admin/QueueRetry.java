package dev.sobre.app.admin;

import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code queue retry}: sends mail now that would be tried again later. */
@Command(
        name = "retry",
        description = {
            "Sends mail now that would be tried again later.",
            "What its sender wants to leave at a later time waits for that; what is held back waits"
                    + " for `queue release`."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} @example.net"})
final class QueueRetry implements AdminCommand {

    @Mixin private QueueChoice choice = new QueueChoice();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        return choice.change("to be tried now", office, caller, QueueRetry::change);
    }

    private static boolean change(Office office, Waiting seen) {
        Instant now = Instant.now();
        var next = seen.entry().soon(now);
        if (next.terms().held() || next.next().isAfter(now)) return false;
        office.server().ifPresent(RunningServer::relayNow); // or it would go back at once
        return office.store().spool().change(seen, next, now);
    }
}
