package dev.sobre.tls;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Whom a listener lets in, and how many at once.
 *
 * @param connections open at once, handshakes included
 * @param perAddress the same from one client: an IPv4 address or an IPv6 /64
 * @param proxies who must say, by a PROXY header (version 2), for whom they connect; from anybody
 *     else such a header is refused
 * @param backlog connections that the kernel holds until they are accepted
 * @param reusePort whether each event loop accepts for itself (SO_REUSEPORT)
 * @param socketMode who may connect to Unix sockets
 */
public record Admission(
        int connections,
        int perAddress,
        List<AddressRange> proxies,
        int backlog,
        boolean reusePort,
        Set<PosixFilePermission> socketMode) {

    public Admission {
        proxies = List.copyOf(proxies);
        socketMode = Set.copyOf(socketMode);
        if (connections < 1 || perAddress < 1 || backlog < 1) {
            throw new IllegalArgumentException("limits are positive numbers");
        }
    }

    /** 10,000 in all, 200 from one address, no proxies; Unix sockets for owner and group. */
    public static Admission standard() {
        return new Admission(
                10_000, 200, List.of(), 1024, false, PosixFilePermissions.fromString("rw-rw----"));
    }

    public Admission withConnections(int inAll, int fromOneAddress) {
        return new Admission(inAll, fromOneAddress, proxies, backlog, reusePort, socketMode);
    }

    public Admission withProxies(List<AddressRange> others) {
        return new Admission(connections, perAddress, others, backlog, reusePort, socketMode);
    }

    public Admission withBacklog(int other) {
        return new Admission(connections, perAddress, proxies, other, reusePort, socketMode);
    }

    public Admission withReusePort(boolean other) {
        return new Admission(connections, perAddress, proxies, backlog, other, socketMode);
    }

    public Admission withSocketMode(Set<PosixFilePermission> others) {
        return new Admission(connections, perAddress, proxies, backlog, reusePort, others);
    }
}
