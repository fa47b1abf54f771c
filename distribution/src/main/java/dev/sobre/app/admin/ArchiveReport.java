package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.line.Terminal;
import dev.sobre.mail.archive.PassedOver;
import dev.sobre.mail.archive.Progress;
import dev.sobre.mail.archive.Summary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells an administrator how an export or import comes on, and what became of it. */
final class ArchiveReport implements Progress {

    private final Terminal terminal;
    private final ProgressBar bar;
    private final boolean json;

    ArchiveReport(Terminal terminal, long octets, boolean json) {
        this.terminal = terminal;
        this.bar = new ProgressBar(terminal, octets);
        this.json = json;
    }

    @Override
    public void at(String mailbox, long messages, long octets) throws IOException {
        if (terminal.interrupted()) {
            throw new Failure(
                    "stopped after "
                            + Counted.of(messages, "message")
                            + "; to go on, run it again");
        }
        bar.show(octets, Counted.of(messages, "message") + ", " + mailbox);
    }

    @Override
    public void passedOver(PassedOver what) throws IOException {
        say("passed over " + what.where() + ": " + what.reason());
    }

    @Override
    public void note(String text) throws IOException {
        say(text);
    }

    private void say(String text) throws IOException {
        if (json) return;
        bar.clear();
        terminal.println(text);
    }

    /** Says the end; returns the exit code. */
    int end(String did, Summary summary) throws IOException {
        bar.clear();
        terminal.println(json ? Json.of(data(did, summary)) : words(did, summary));
        return summary.passedOver() == 0 ? 0 : 1;
    }

    private static String words(String did, Summary s) {
        String words =
                did
                        + " "
                        + Counted.of(s.messages(), "message")
                        + " ("
                        + new Size(s.octets())
                        + ") in "
                        + Counted.of(s.mailboxes(), "mailbox", "mailboxes")
                        + ", passed over "
                        + s.passedOver();
        if (s.there() > 0) words += "; " + Counted.of(s.there(), "was", "were") + " there already";
        if (s.deleted() > 0) {
            words +=
                    "; " + s.deleted() + " brought by an earlier run, and deleted since, not again";
        }
        return words;
    }

    private static Map<String, Object> data(String did, Summary s) {
        var data = new LinkedHashMap<String, Object>();
        data.put(did.replace(' ', '_'), s.messages());
        data.put("octets", s.octets());
        data.put("mailboxes", s.mailboxes());
        data.put("there", s.there());
        data.put("deleted", s.deleted());
        data.put("passedOver", s.passedOver());
        data.put(
                "reasons",
                s.examples().stream()
                        .map(p -> Map.of("where", p.where(), "reason", p.reason()))
                        .toList());
        data.put("notes", s.notes());
        return data;
    }
}
