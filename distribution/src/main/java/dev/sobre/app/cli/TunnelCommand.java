package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tunnel.Tunnel;
import dev.sobre.tunnel.TunnelSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sobre tunnel}: puts TLS around a plain TCP service. */
@Command(
        name = "tunnel",
        description = {
            "Accepts TLS and passes it on to a plain TCP service, both directions. Prints one line"
                    + " `ready tunnel=PORT` when it listens, and says on stderr why a client was"
                    + " refused. SIGTERM or Ctrl-C stops it."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --accept 6380 --connect localhost:6379 \\",
            "    --cert server.pem --key server.key",
            "Example: ${COMMAND-FULL-NAME} --accept 6380 --connect localhost:6379 \\",
            "    --cert server.pem --key server.key --policy modern \\",
            "    --client-certificates required --client-ca clients.pem"
        })
final class TunnelCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelCommand.class);

    @Option(
            names = "--accept",
            paramLabel = "[ADDRESS:]PORT",
            required = true,
            description =
                    "Where to listen (default address: all of this machine; port 0: a free one).")
    private String accept = "";

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The service.")
    private String connect = "";

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            required = true,
            description = "The certificate chain in PEM, own certificate first.")
    private Path certificate = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "Its private key in PEM.")
    private Path key = Path.of("");

    @Mixin private PolicyOption policy = new PolicyOption();
    @Mixin private TunnelClients clients = new TunnelClients();

    @Override
    public Integer call() throws InterruptedException {
        if (!LOG.isInfoEnabled()) Logging.toConsole("info"); // who was refused, and why
        var target = HostPort.parse(connect, -1);
        var tunnel =
                Tunnel.accept(
                        TunnelSettings.on(listening()).withClients(clients.asked()),
                        context(),
                        InetSocketAddress.createUnresolved(target.host(), target.port()));
        Serve.stopWithProcess(tunnel::close);
        System.out.println("ready tunnel=" + tunnel.port());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private InetSocketAddress listening() {
        if (accept.matches("[0-9]{1,5}") && Integer.parseInt(accept) < 65536) {
            return new InetSocketAddress(Integer.parseInt(accept));
        }
        if (accept.matches("[0-9]+")) {
            throw Failure.usage("`" + accept + "` is no port; ports are 0 (any free one) to 65535");
        }
        var place = HostPort.listening(accept);
        return new InetSocketAddress(place.host(), place.port());
    }

    private TlsContext context() {
        try {
            var identity = Identity.load(certificate, key);
            return TlsContext.of(TlsSettings.of(identity).withPolicy(policy.chosen()));
        } catch (PkiException | IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }
}
