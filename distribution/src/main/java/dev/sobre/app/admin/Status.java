package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Json;
import dev.sobre.app.text.Version;
import dev.sobre.line.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: how the server is. */
@Command(
        name = "status",
        description = "Shows how the running server is.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
final class Status implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var server = office.running();
        var out = caller.terminal();
        if (json) out.println(Json.of(data(server, office)));
        else print(server, office, out);
        return 0;
    }

    private static Map<String, Object> data(RunningServer server, Office office) {
        var sessions = new LinkedHashMap<String, Object>();
        for (String service : server.ports().keySet()) {
            sessions.put(service, open(server, service));
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("version", Version.text());
        data.put("pid", ProcessHandle.current().pid());
        data.put("since", server.since());
        data.put("ports", server.ports());
        data.put("sessions", sessions);
        data.put("handshakes", server.tls().sessions().stream().map(TlsSessions::data).toList());
        data.put("certificates", server.certificates().stream().map(Status::data).toList());
        data.put("accounts", office.accounts().count());
        data.put("heapMiB", heap());
        data.put("alarms", alarms(server));
        return data;
    }

    private static void print(RunningServer server, Office office, Terminal out)
            throws IOException {
        out.println("Sobre " + Version.text() + ", pid " + ProcessHandle.current().pid());
        out.println("up " + words(Duration.between(server.since(), Instant.now())));
        for (var port : server.ports().entrySet()) {
            out.printf(
                    "%-8s port %-5d %d sessions\n",
                    port.getKey(), port.getValue(), open(server, port.getKey()));
        }
        for (var each : server.certificates()) {
            out.printf(
                    "certificate %s (%s), %d days left%s\n",
                    String.join(", ", each.facts().names()),
                    each.facts().key(),
                    each.facts().daysLeft(),
                    each.stapledUntil().map(until -> ", OCSP until " + until).orElse(""));
            if (each.problem().isPresent()) out.println("  not replaced: " + each.problem().get());
        }
        for (var each : server.alarms().entrySet()) {
            var alarm = each.getValue();
            out.println("look at " + each.getKey() + ", " + alarm.when() + ": " + alarm.what());
        }
        out.println(Counted.of(office.accounts().count(), "account") + ", heap " + heap() + " MiB");
    }

    private static long open(RunningServer server, String service) {
        return server.sessions().stream().filter(s -> s.service().equals(service)).count();
    }

    private static long heap() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static List<Map<String, Object>> alarms(RunningServer server) {
        return server.alarms().entrySet().stream()
                .map(
                        each ->
                                Map.<String, Object>of(
                                        "account", each.getKey(),
                                        "when", each.getValue().when(),
                                        "what", each.getValue().what()))
                .toList();
    }

    private static Map<String, Object> data(ServedCertificate each) {
        var data = new LinkedHashMap<String, Object>();
        data.put("file", each.file());
        data.put("names", each.facts().names());
        data.put("key", each.facts().key());
        data.put("notAfter", each.facts().notAfter());
        data.put("daysLeft", each.facts().daysLeft());
        data.put("fingerprint", each.facts().fingerprint());
        each.stapledUntil().ifPresent(until -> data.put("stapledUntil", until));
        each.problem().ifPresent(why -> data.put("problem", why));
        return data;
    }

    private static String words(Duration time) {
        return String.format(
                "%d d %02d:%02d:%02d",
                time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }
}
