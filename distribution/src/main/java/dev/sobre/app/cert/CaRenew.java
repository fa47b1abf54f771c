package dev.sobre.app.cert;

import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre cert ca renew}: the same certificate with a later end. */
@Command(
        name = "renew",
        description = {
            "Makes a certificate of this authority anew, for 397 days from now: same names, same key."
                    + " FILE is replaced. (A running server renews its own.)"
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --dir ca mail.pem"})
final class CaRenew implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CaOption authority = new CaOption();

    @Parameters(paramLabel = "FILE", description = "The certificate.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws PkiException {
        var old = PemFiles.certificates(file).getFirst();
        var made = authority.open().renew(old);
        PemFiles.writeChain(file, List.of(made));
        spec.commandLine().getOut().println(file + ": valid until " + Dates.end(made));
        return 0;
    }
}
