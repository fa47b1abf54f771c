package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.line.Terminal;
import dev.sobre.line.TraceLine;
import dev.sobre.mail.Account;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}: follows the sessions of an account as they speak. */
@Command(
        name = "trace",
        description = {
            "Follows the sessions of an account live: what the client says (C:) and what the server"
                    + " answers (S:), from the login on. Passwords and the text of messages are not"
                    + " shown. Ctrl-C ends it."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org"})
final class Trace implements AdminCommand {

    private static final int MOST_WAITING = 10_000;

    @Parameters(paramLabel = "ACCOUNT", description = "An address of the account.")
    private String address = "";

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "End after so many lines; 0, the default, never ends.")
    private long most;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    private final BlockingQueue<TraceLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        Account account = AccountGroup.existing(address, office);
        var server = office.running();
        var out = caller.terminal();
        try (var _ = server.follow(account, this::take)) {
            for (long shown = 0; most == 0 || shown < most; ) {
                if (out.interrupted()) return 0;
                // The line of progress also finds out whether the caller is still there.
                out.status("following " + account.address() + "; Ctrl-C ends it");
                TraceLine line = waiting.poll(1, TimeUnit.SECONDS);
                if (line == null) continue;
                show(line, out);
                shown++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.status("");
        return 0;
    }

    /** On a session's thread, which must not wait: who reads too slowly misses lines. */
    private void take(TraceLine line) {
        if (!waiting.offer(line)) lost.incrementAndGet();
    }

    private void show(TraceLine line, Terminal out) throws IOException {
        long missed = lost.getAndSet(0);
        if (missed > 0 && !json) out.println("(" + missed + " lines were missed)");
        out.println(json ? Json.of(data(line)) : line.toString());
    }

    private static Map<String, Object> data(TraceLine line) {
        var data = new LinkedHashMap<String, Object>();
        data.put("service", line.service());
        data.put("session", line.session());
        data.put("from", line.fromClient() ? "client" : "server");
        data.put("text", line.text());
        return data;
    }
}
