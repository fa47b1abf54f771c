package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.Address;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Spool.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import picocli.CommandLine.Parameters;

/** Which entries of the queue a command is about. */
final class QueueChoice {

    private static final int PAGE = 500;

    @Parameters(
            paramLabel = "WHICH",
            arity = "1..*",
            description =
                    "Which mail: an id as `queue list` shows it or the first four or more of its"
                            + " letters, the address of a recipient, @ and a domain, or `all`.")
    private List<String> which = List.of();

    /** Does it with each that was chosen. */
    int change(String done, Office office, Caller caller, BiPredicate<Office, Waiting> change)
            throws IOException {
        var chosen = entries(office.store().spool(), which);
        if (chosen.isEmpty()) throw none();
        int missed = 0;
        for (Waiting each : chosen) if (!change.test(office, each)) missed++;
        caller.terminal().println((chosen.size() - missed) + " " + done);
        if (missed > 0) {
            caller.complain(
                    missed
                            + " not: just now on the way, changed, held back, or not to leave yet as"
                            + " its sender wants; `queue list` shows which");
        }
        return missed > 0 ? 1 : 0;
    }

    List<Waiting> existing(Office office) {
        var chosen = entries(office.store().spool(), which);
        if (chosen.isEmpty()) throw none();
        return chosen;
    }

    private static Failure none() {
        return new Failure("there is no such mail in the queue; `queue list` shows what there is");
    }

    private static List<Waiting> entries(Spool spool, List<String> which) {
        List<Waiting> chosen = new ArrayList<>();
        var page = spool.list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.stream().filter(w -> matches(w, which)).forEach(chosen::add);
            page = spool.list(Optional.of(page.getLast()), PAGE);
        }
        return chosen;
    }

    /** Whether an entry is one of those; none given, each is. */
    static boolean matches(Waiting entry, List<String> which) {
        return which.isEmpty() || which.stream().anyMatch(word -> matches(entry, word));
    }

    private static boolean matches(Waiting entry, String word) {
        if (word.equals("all")) return true;
        if (word.startsWith("@")) {
            return Address.canonical(entry.entry().recipient()).endsWith(Address.canonical(word));
        }
        if (word.contains("@")) {
            return Address.canonical(entry.entry().recipient()).equals(Address.canonical(word));
        }
        return word.length() >= 4 && id(entry).startsWith(word);
    }

    static String id(Waiting entry) {
        return entry.mail().hex();
    }
}
