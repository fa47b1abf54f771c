package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.tls.SessionCounts;
import dev.sobre.tls.TicketKeys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tls sessions}: how often clients resumed, and under which keys they can. */
@Command(
        name = "sessions",
        description = {
            "Counts the handshakes since the start: full ones, those that resumed a session, and those"
                    + " that were full because the session was refused (too old, or of another"
                    + " certificate or policy). Then lists the keys of session tickets."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
public final class TlsSessions implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var tls = office.running().tls();
        var counts = tls.sessions();
        var keys = tls.settings().tickets().facts();
        var out = caller.terminal();
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("handshakes", counts.stream().map(TlsSessions::data).toList());
            data.put("keys", keys.stream().map(TlsSessions::data).toList());
            out.println(Json.of(data));
            return 0;
        }
        for (SessionCounts each : counts) {
            out.printf(
                    "%-8s %d full, %d resumed, %d refused\n",
                    each.listener(), each.full(), each.resumed(), each.refused());
        }
        for (TicketKeys.Facts key : keys) {
            out.printf(
                    "key %s %s %s, opens until %s\n",
                    key.name(), key.seals() ? "seals since" : "from", key.from(), key.until());
        }
        return 0;
    }

    /** Handshakes of one service, for JSON. */
    static Map<String, Object> data(SessionCounts counts) {
        var data = new LinkedHashMap<String, Object>();
        data.put("service", counts.listener());
        data.put("full", counts.full());
        data.put("resumed", counts.resumed());
        data.put("refused", counts.refused());
        return data;
    }

    private static Map<String, Object> data(TicketKeys.Facts key) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", key.name());
        data.put("from", key.from());
        data.put("until", key.until());
        data.put("seals", key.seals());
        return data;
    }
}
