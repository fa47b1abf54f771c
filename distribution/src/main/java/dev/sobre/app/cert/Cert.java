package dev.sobre.app.cert;

import picocli.CommandLine.Command;

/** {@code sobre cert}: the group of the commands about keys and certificates. */
@Command(
        name = "cert",
        description = "Makes, shows and checks keys and certificates, as OpenSSL writes them.",
        subcommands = {
            CertKey.class,
            CertRequest.class,
            CertSelfSigned.class,
            CertCa.class,
            CertShow.class,
            CertCheck.class,
        },
        footer = {"", "Example: sobre cert show /srv/mail/tls/server.pem"})
public final class Cert {}
