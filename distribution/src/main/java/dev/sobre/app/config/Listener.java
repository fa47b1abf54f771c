package dev.sobre.app.config;

import dev.sobre.tls.AddressRange;
import dev.sobre.tls.Admission;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * Where a service listens.
 *
 * @param port 0 for any free one
 * @param addresses the addresses to bind, {@code unix:} and a path among them; none for all of the
 *     machine
 * @param proxies who must say by a PROXY header for whom they connect
 * @param tickets whether clients are given session tickets
 * @param clients whether clients are asked for certificates
 * @param reusePort whether each event loop accepts for itself (SO_REUSEPORT)
 * @param socketMode who may connect to its Unix sockets
 */
public record Listener(
        int port,
        List<String> addresses,
        List<AddressRange> proxies,
        boolean tickets,
        ClientCertificates clients,
        boolean reusePort,
        Set<PosixFilePermission> socketMode) {
    /** How an address begins that is the path of a Unix socket. */
    public static final String UNIX = "unix:";

    public Listener {
        addresses = List.copyOf(addresses);
        proxies = List.copyOf(proxies);
        socketMode = Set.copyOf(socketMode);
    }

    /** A listener without proxies, which asks nobody for a certificate. */
    public Listener(int port, List<String> addresses) {
        this(
                port,
                addresses,
                List.of(),
                true,
                ClientCertificates.NONE,
                Admission.standard().reusePort(),
                Admission.standard().socketMode());
    }

    /** At one place, without proxies. */
    Listener on(int otherPort, String address) {
        return new Listener(
                otherPort, List.of(address), List.of(), tickets, clients, reusePort, socketMode);
    }
}
