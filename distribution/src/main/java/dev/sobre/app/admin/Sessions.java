package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.line.SessionInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sessions}: who is connected. */
@Command(
        name = "sessions",
        description = "Lists the open sessions of the running server.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
final class Sessions implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var sessions = office.running().sessions();
        if (json) {
            caller.terminal().println(Json.of(sessions.stream().map(Sessions::data).toList()));
            return 0;
        }
        for (SessionInfo session : sessions) caller.terminal().println(line(session));
        if (sessions.isEmpty()) caller.terminal().println("no open sessions");
        return 0;
    }

    private static String line(SessionInfo session) {
        return String.format(
                "%-8s %-5d %-28s %s from %s, %s, %d s, octets: %d in, %d out",
                session.service(),
                session.id(),
                session.user().orElse("(not logged in)"),
                session.tls().version(),
                session.remote().getAddress().getHostAddress(),
                session.tls().suite(),
                Duration.between(session.since(), Instant.now()).toSeconds(),
                session.traffic().dataIn(),
                session.traffic().dataOut());
    }

    private static Map<String, Object> data(SessionInfo session) {
        var data = new LinkedHashMap<String, Object>();
        data.put("service", session.service());
        data.put("id", session.id());
        data.put("user", session.user());
        data.put("address", session.remote().getAddress().getHostAddress());
        data.put("since", session.since());
        data.put("tls", session.tls().version());
        data.put("suite", session.tls().suite());
        var traffic = session.traffic();
        data.put("dataIn", traffic.dataIn());
        data.put("dataOut", traffic.dataOut());
        data.put("wireIn", traffic.wireIn());
        data.put("wireOut", traffic.wireOut());
        data.put("recordsIn", traffic.recordsIn());
        data.put("recordsOut", traffic.recordsOut());
        return data;
    }
}
