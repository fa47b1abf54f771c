package dev.sobre.app.cert;

import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre cert ca create}: makes an authority that may vouch for some names only. */
@Command(
        name = "create",
        description = {
            "Makes an authority: DIR/ca.pem, which clients shall trust, and DIR/ca.key, which stays"
                    + " here. It can vouch for the given names and what is below them, and for"
                    + " nothing else, so that trusting it risks little. (sobre init makes one too.)"
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --dir ca example.org localhost"})
final class CaCreate implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where to.")
    private Path directory = Path.of("");

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "Domains, with all below them, and IP addresses.")
    private List<String> names = List.of();

    @Mixin private NewPassphrase passphrase = new NewPassphrase();

    @Override
    public Integer call() throws PkiException {
        var ca = LocalCa.create(directory, names, passphrase.choose());
        var say = spec.commandLine().getOut();
        say.println(directory.resolve("ca.pem") + ": valid until " + Dates.end(ca.certificate()));
        say.println(
                "next: sobre cert ca issue --dir "
                        + directory
                        + " --key server.key --out server.pem mail."
                        + names.getFirst());
        return 0;
    }
}
