package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Json;
import dev.sobre.app.text.Version;
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
        var sessions = new LinkedHashMap<String, Object>();
        for (String service : server.ports().keySet()) {
            long open = server.sessions().stream().filter(s -> s.service().equals(service)).count();
            sessions.put(service, open);
        }
        var runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("version", Version.text());
            data.put("pid", ProcessHandle.current().pid());
            data.put("since", server.since());
            data.put("ports", server.ports());
            data.put("sessions", sessions);
            data.put(
                    "handshakes", server.tls().sessions().stream().map(TlsSessions::data).toList());
            data.put("certificates", server.certificates().stream().map(Status::data).toList());
            data.put("accounts", office.accounts().count());
            data.put("heapMiB", heap);
            data.put("alarms", alarms(server));
            caller.terminal().println(Json.of(data));
            return 0;
        }
        var out = caller.terminal();
        out.println("Sobre " + Version.text() + ", pid " + ProcessHandle.current().pid());
        out.println("up " + words(Duration.between(server.since(), Instant.now())));
        for (var port : server.ports().entrySet()) {
            out.printf(
                    "%-8s port %-5d %s sessions\n",
                    port.getKey(), port.getValue(), sessions.getOrDefault(port.getKey(), 0L));
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
        out.println(Counted.of(office.accounts().count(), "account") + ", heap " + heap + " MiB");
        return 0;
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
