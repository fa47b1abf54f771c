package dev.sobre.app.cert;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre cert self-signed}: a certificate that nobody else vouches for. */
@Command(
        name = "self-signed",
        description = {
            "Makes a certificate that vouches for itself, for tests and for clients that pin it. A"
                    + " home is better off with the authority that sobre init makes. OpenSSL's"
                    + " counterpart is req -new -x509."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --key mail.key --out mail.pem mail.example.org"
        })
final class CertSelfSigned implements Callable<Integer> {

    private static final int LONGEST_DAYS = 3650;
    private static final int LIKED_DAYS = 397;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key.")
    private Path key = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private Path out = Path.of("");

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "" + LIKED_DAYS,
            description = "How long it is valid (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--subject",
            paramLabel = "DN",
            description = "Such as CN=mail.example.org,O=Example,C=DE (default: CN=NAME).")
    private @Nullable String subject;

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "DNS names and IP addresses that it vouches for.")
    private List<String> names = List.of();

    @Mixin private OldPassphrase passphrase = new OldPassphrase();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws PkiException {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new Failure("--days is from 1 to " + LONGEST_DAYS);
        }
        output.free(out);
        var made =
                SelfSigned.of(
                        names,
                        passphrase.key(key),
                        Optional.ofNullable(subject),
                        Duration.ofDays(days));
        PemFiles.writeChain(out, made.chain());
        var say = spec.commandLine().getOut();
        say.println(out + ": valid until " + Dates.end(made.certificate()));
        if (days > LIKED_DAYS) {
            say.println("some phones and browsers refuse more than " + LIKED_DAYS + " days");
        }
        return 0;
    }
}
