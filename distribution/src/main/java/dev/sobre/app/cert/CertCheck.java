package dev.sobre.app.cert;

import dev.sobre.app.text.Json;
import dev.sobre.tls.pki.CertificateCheck;
import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.Finding;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SafeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre cert check}: whether certificates and their key would do for a server. */
@Command(
        name = "check",
        description = {
            "Checks whether a server can show these certificates: the key belongs to them, the chain"
                    + " is complete, dates, names, weak algorithms. Says what to do about each"
                    + " finding. The exit code is 1 if clients would fail."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --key mail.key --name mail.example.org mail.pem"
        })
final class CertCheck implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The certificates.")
    private Path file = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", description = "The key.")
    private @Nullable Path key;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What clients call the server by; may be given several times.")
    private List<String> names = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM certificates that clients trust beside Java's authorities.")
    private @Nullable Path ca;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin private OldPassphrase passphrase = new OldPassphrase();

    @Override
    public Integer call() throws PkiException {
        var certificates = PemFiles.certificates(file);
        Optional<PrivateKey> own =
                key == null ? Optional.empty() : Optional.of(passphrase.key(key));
        List<X509Certificate> trusted = ca == null ? List.of() : PemFiles.certificates(ca);
        var now = Instant.now();
        var check = new CertificateCheck(certificates, own, names, trusted, now);
        var found = new ArrayList<Finding>();
        if (key != null) open(key).ifPresent(found::add);
        found.addAll(check.findings());
        boolean well = found.stream().noneMatch(Finding::grave);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(data(found, well)));
        } else {
            for (var each : found) {
                out.println((each.grave() ? "wrong: " : "note: ") + each.sentence());
                out.println("  to do: " + each.remedy());
            }
            if (well) out.println("good: " + summary(CertificateFacts.of(check.leaf(), now)));
        }
        out.flush();
        return well ? 0 : 1;
    }

    private static Optional<Finding> open(Path key) {
        try {
            if (!SafeFile.othersMayRead(key)) return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it was just read, so this is no matter of the key's
        }
        return Optional.of(
                new Finding(
                        "KEY_OPEN",
                        true,
                        "others on this machine may read " + key,
                        "chmod 600 " + key));
    }

    private static String summary(CertificateFacts facts) {
        return facts.subject()
                + " for "
                + String.join(", ", facts.names())
                + ", "
                + facts.daysLeft()
                + " days left";
    }

    private static Map<String, Object> data(List<Finding> found, boolean well) {
        var data = new LinkedHashMap<String, Object>();
        data.put("good", well);
        data.put(
                "findings",
                found.stream()
                        .map(
                                each -> {
                                    var one = new LinkedHashMap<String, Object>();
                                    one.put("code", each.code());
                                    one.put("grave", each.grave());
                                    one.put("sentence", each.sentence());
                                    one.put("remedy", each.remedy());
                                    return one;
                                })
                        .toList());
        return data;
    }
}
