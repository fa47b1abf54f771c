package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code queue list}: what waits to leave, why, and when it is tried next. */
@Command(
        name = "list",
        description =
                "Lists the mail that waits to leave: for whom, why, and when it is tried next.",
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME}",
            "Example: ${COMMAND-FULL-NAME} @example.net --json"
        })
final class QueueList implements AdminCommand {

    private static final int PAGE = 500;

    @Parameters(
            paramLabel = "WHICH",
            arity = "0..*",
            description = "As with `queue retry`; none given: all.")
    private List<String> which = List.of();

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        Spool spool = office.store().spool();
        Instant now = Instant.now();
        int shown = 0;
        var page = spool.list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            for (Waiting each : page) {
                if (!QueueChoice.matches(each, which)) continue;
                shown++;
                if (json) caller.terminal().println(Json.of(QueueData.of(each, now)));
                else print(each, now, caller);
            }
            page = spool.list(Optional.of(page.getLast()), PAGE);
        }
        if (json) return 0;
        caller.terminal().println(shown == 0 ? nothing(spool) : summary(shown, office));
        return 0;
    }

    private static String nothing(Spool spool) {
        long others = spool.size();
        return others == 0
                ? "nothing waits to leave"
                : "nothing of that waits to leave; " + others + " for others";
    }

    private static String summary(int shown, Office office) {
        String text = shown + (shown == 1 ? " recipient" : " recipients");
        if (!office.relays()) text += "; `relay.way` is \"off\": nothing leaves";
        else if (office.server().isEmpty()) text += "; no server runs: nothing is sent";
        return text;
    }

    private static void print(Waiting w, Instant now, Caller caller) throws IOException {
        String age = QueueData.words(Duration.between(w.entry().terms().accepted(), now));
        String from = w.sender().isEmpty() ? "<>" : w.sender();
        caller.terminal()
                .println(
                        QueueChoice.id(w).substring(0, 12)
                                + " "
                                + from
                                + " to "
                                + w.entry().recipient()
                                + ", "
                                + new Size(w.body().length())
                                + ", "
                                + age
                                + " old");
        caller.terminal().println("    " + QueueData.when(w, now) + "; " + QueueData.why(w, now));
    }
}
