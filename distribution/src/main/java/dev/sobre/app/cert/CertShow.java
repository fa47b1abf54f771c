package dev.sobre.app.cert;

import dev.sobre.app.text.Json;
import dev.sobre.tls.pki.Contents;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre cert show}: what a file of keys or certificates holds. */
@Command(
        name = "show",
        description = {
            "Says in words what is in a file: certificates, requests, keys (never their secrets),"
                    + " revocation lists; PEM, DER or PKCS#12."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} /srv/mail/tls/server.pem"})
final class CertShow implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin private OldPassphrase passphrase = new OldPassphrase();

    @Override
    public Integer call() throws PkiException {
        var items = Contents.of(file, passphrase.ifNeeded(file, Contents.sealed(file)));
        var out = spec.commandLine().getOut();
        var now = Instant.now();
        if (json) {
            var data = items.stream().map(item -> ItemData.of(item, now)).toList();
            out.println(Json.of(Map.of("items", data)));
        } else {
            new ItemWords(out, now).say(items);
        }
        out.flush();
        return 0;
    }
}
