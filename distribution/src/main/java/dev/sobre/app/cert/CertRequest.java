package dev.sobre.app.cert;

import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SigningRequest;
import java.nio.file.Path;
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

/** {@code sobre cert request}: asks an authority for a certificate. */
@Command(
        name = "request",
        description = {
            "Makes a request (CSR) that an authority turns into a certificate. OpenSSL's counterpart"
                    + " is req -new."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --key mail.key --out request.pem mail.example.org"
        })
final class CertRequest implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key.")
    private Path key = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to (default: it is printed).")
    private @Nullable Path out;

    @Option(
            names = "--subject",
            paramLabel = "DN",
            description = "Such as CN=mail.example.org,O=Example,C=DE (default: CN=NAME).")
    private @Nullable String subject;

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "DNS names and IP addresses that the certificate is for.")
    private List<String> names = List.of();

    @Mixin private OldPassphrase passphrase = new OldPassphrase();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws PkiException {
        if (out != null) output.free(out);
        var request = SigningRequest.of(passphrase.key(key), names, Optional.ofNullable(subject));
        var say = spec.commandLine().getOut();
        if (out == null) {
            say.print(request.pem());
            say.flush();
            return 0;
        }
        request.write(out);
        say.println(out + ": asks for a certificate of " + String.join(", ", request.names()));
        say.println(
                "next: send it to the authority; what comes back, look at with: sobre cert check");
        return 0;
    }
}
