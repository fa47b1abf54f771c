package dev.sobre.app.cert;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.pki.KeyForm;
import dev.sobre.tls.pki.KeyKind;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sobre cert key}: makes a private key. */
@Command(
        name = "key",
        description = {
            "Makes a private key in a file that only you can read. OpenSSL's counterparts are genpkey"
                    + " and genrsa."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --out mail.key --type rsa-3072 --passphrase"})
final class CertKey implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private Path out = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "p256",
            description = {
                "p256 (default), p384, rsa-2048, rsa-3072, rsa-4096 or ed25519. p256 is the fastest"
                        + " and fits every client of today; RSA fits old ones too; for ed25519 there"
                        + " are hardly any, and Sobre itself serves none."
            })
    private String type = "";

    @Option(
            names = "--traditional",
            description = "Write what OpenSSL wrote before PKCS#8: PKCS#1 or SEC1.")
    private boolean traditional;

    @Mixin private NewPassphrase passphrase = new NewPassphrase();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws PkiException {
        var kind = kind(type);
        output.free(out);
        PemFiles.writeKey(
                out,
                kind.make(),
                traditional ? KeyForm.TRADITIONAL : KeyForm.PKCS8,
                passphrase.choose());
        var say = spec.commandLine().getOut();
        say.println(out + ": a new " + kind.text() + " key, which only you can read");
        if (kind == KeyKind.ED25519) {
            say.println("Sobre serves no Ed25519 certificate; make a p256 key for a server.");
        }
        say.println(
                "next: sobre cert request --key " + out + " --out request.pem mail.example.org");
        return 0;
    }

    private static KeyKind kind(String type) {
        return KeyKind.named(type)
                .orElseThrow(
                        () ->
                                new Failure(
                                        "no type of key is called "
                                                + type
                                                + "; there are "
                                                + Stream.of(KeyKind.values())
                                                        .map(KeyKind::text)
                                                        .collect(Collectors.joining(", "))));
    }
}
