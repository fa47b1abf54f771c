package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.TlsPolicy;
import picocli.CommandLine.Option;

/** The option that names a policy. */
final class PolicyOption {

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "standard",
            description = "modern, standard or compatible (default: ${DEFAULT-VALUE}).")
    private String name = "standard";

    String name() {
        return name;
    }

    TlsPolicy chosen() {
        return TlsPolicy.named(name)
                .orElseThrow(
                        () ->
                                Failure.usage(
                                        "there is no policy "
                                                + name
                                                + "; these are: "
                                                + String.join(", ", TlsPolicy.names())));
    }
}
