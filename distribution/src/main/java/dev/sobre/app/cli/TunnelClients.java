package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.ClientAuthentication;
import dev.sobre.tls.ClientTrust;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.RevocationLists;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of a tunnel that asks its clients for certificates. */
final class TunnelClients {

    @Option(
            names = "--client-certificates",
            paramLabel = "WISH",
            defaultValue = "none",
            description =
                    "Whether clients are asked for certificates: none, optional (one that is shown"
                            + " must hold) or required (default: ${DEFAULT-VALUE}).")
    private String wish = "none";

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Who may vouch for clients, in PEM; may be given several times.")
    private List<Path> authorities = List.of();

    @Option(
            names = "--client-crl",
            paramLabel = "FILE",
            description =
                    "What they have revoked, in PEM or DER; may be given several times. It is read"
                            + " again when it changes.")
    private List<Path> revoked = List.of();

    ClientAuthentication asked() {
        return switch (wish.toLowerCase(Locale.ROOT)) {
            case "none" -> nobody();
            case "optional" -> ClientAuthentication.optional(trust());
            case "required" -> ClientAuthentication.required(trust());
            default ->
                    throw Failure.usage(
                            "--client-certificates can't be `"
                                    + wish
                                    + "`; it is none, optional or required");
        };
    }

    /** Files that nobody looks at are a mistake. */
    private ClientAuthentication nobody() {
        if (authorities.isEmpty() && revoked.isEmpty()) return ClientAuthentication.none();
        throw Failure.usage(
                "--client-ca and --client-crl need --client-certificates optional or required");
    }

    private ClientTrust trust() {
        if (authorities.isEmpty()) {
            throw Failure.usage(
                    "--client-certificates "
                            + wish
                            + " needs --client-ca FILE: who may vouch for clients");
        }
        try {
            var all = new ArrayList<X509Certificate>();
            for (Path file : authorities) all.addAll(PemFiles.certificates(file));
            return ClientTrust.of(all).withRevoked(RevocationLists.load(revoked));
        } catch (PkiException | IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }
}
