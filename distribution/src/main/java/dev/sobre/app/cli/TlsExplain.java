package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.probe.Explanation.Problem;
import dev.sobre.tls.probe.ProbeOptions;
import dev.sobre.tls.probe.TlsProbe;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --ca /srv/mail/tls/ca.pem localhost:993",
            "Example: ${COMMAND-FULL-NAME} --trace --tls 1.2 mail.example.org:993",
            "Example: ${COMMAND-FULL-NAME} --trace --secrets \\",
            "    --suite TLS_RSA_WITH_AES_128_CBC_SHA old.example.org:993"
        })
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

    @Mixin private TraceOptions trace = new TraceOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        var where = HostPort.parse(server, -1);
        trace.check();
        if (trace.asked()) return lecture(where);
        var explanation = TlsProbe.explain(where.host(), where.port(), options());
        if (json) System.out.println(Json.of(ExplanationData.of(explanation)));
        else explanation.lines().forEach(System.out::println);
        return exitCode(explanation.problem());
    }

    private int lecture(HostPort where) {
        var lecture = trace.lecture(where, trusted(), Optional.ofNullable(serverName));
        if (json) System.out.println(Json.of(LectureData.of(lecture)));
        else lecture.lines().forEach(System.out::println);
        return exitCode(lecture.problem());
    }

    private static int exitCode(Optional<Problem> problem) {
        if (problem.isEmpty()) return 0;
        if (problem.get().code() == Code.UNTRUSTED) {
            System.err.println("sobre: --ca names a CA to trust");
        }
        return Failure.FAILED;
    }

    private ProbeOptions options() {
        var options = ProbeOptions.standard();
        if (serverName != null) options = options.withServerName(serverName);
        return options.withTrusted(trusted());
    }

    private List<X509Certificate> trusted() {
        if (ca == null) return List.of();
        try {
            return PemFiles.certificates(ca);
        } catch (PkiException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }
}
