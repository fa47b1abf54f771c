package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.probe.ProbeOptions;
import dev.sobre.tls.probe.TlsProbe;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sobre tls explain}: connects to a server and tells what was agreed on, or why not. */
@Command(
        name = "explain",
        description = {
            "Connects and tells what was negotiated: version, cipher suite and its parts, group,"
                    + " certificates and their validity, resumption, time. On failure it tells the"
                    + " reason."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --ca /srv/mail/tls/ca.pem localhost:993"})
final class TlsExplain implements Callable<Integer> {

    @Parameters(paramLabel = "HOST:PORT", description = "The server.")
    private String server = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM certificates to trust (default: the authorities of Java).")
    private @Nullable Path ca;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The name to ask for and to check (default: HOST).")
    private @Nullable String serverName;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        var where = HostPort.parse(server, -1);
        var explanation = TlsProbe.explain(where.host(), where.port(), options());
        if (json) System.out.println(Json.of(ExplanationData.of(explanation)));
        else explanation.lines().forEach(System.out::println);
        return explanation.problem().isPresent() ? 1 : 0;
    }

    private ProbeOptions options() {
        var options = ProbeOptions.standard();
        if (serverName != null) options = options.withServerName(serverName);
        if (ca == null) return options;
        try {
            return options.withTrusted(PemFiles.certificates(ca));
        } catch (PkiException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }
}
