package dev.sobre.app.cert;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.KeyForm;
import dev.sobre.tls.pki.KeyKind;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.SigningRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
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

/** {@code sobre cert ca issue}: a server's certificate by one's own authority. */
@Command(
        name = "issue",
        description = {
            "Makes a server's certificate, for 397 days: for names and a key (made if there is none),"
                    + " or as a request (CSR) asks for it."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --dir ca --key mail.key --out mail.pem \\",
            "    mail.example.org",
            "Example: ${COMMAND-FULL-NAME} --dir ca --request request.pem --out mail.pem"
        })
final class CaIssue implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CaOption authority = new CaOption();
    @Mixin private Output output = new Output();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private Path out = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The server's key, without a passphrase; made (p256) if it is not there.")
    private @Nullable Path key;

    @Option(names = "--request", paramLabel = "FILE", description = "A request to be granted.")
    private @Nullable Path request;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "DNS names and IP addresses, where there is no request.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws PkiException {
        output.free(out);
        var ca = authority.open();
        var made = request == null ? named(ca, key) : granted(ca, request);
        spec.commandLine().getOut().println(out + ": valid until " + Dates.end(made));
        return 0;
    }

    private X509Certificate granted(LocalCa ca, Path request) throws PkiException {
        if (key != null || !names.isEmpty()) {
            throw new Failure("a request brings its names and its key; leave --key and NAME out");
        }
        var made = ca.issue(SigningRequest.read(request));
        PemFiles.writeChain(out, List.of(made));
        return made;
    }

    private X509Certificate named(LocalCa ca, @Nullable Path key) throws PkiException {
        if (key == null || names.isEmpty()) {
            throw new Failure("give --key FILE and at least one NAME, or --request FILE");
        }
        boolean there = Files.exists(key);
        PrivateKey mine = there ? PemFiles.key(key) : KeyKind.P256.make();
        KeyAndChain made = ca.issue(names, mine);
        if (!there) PemFiles.writeKey(output.free(key), mine, KeyForm.PKCS8, Optional.empty());
        PemFiles.writeChain(out, List.of(made.certificate()));
        return made.certificate();
    }
}
