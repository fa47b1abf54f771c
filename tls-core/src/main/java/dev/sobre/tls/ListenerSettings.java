package dev.sobre.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where and how a listener listens.
 *
 * @param name what the log calls it, such as {@code imaps}
 * @param addresses where it listens: each an {@link InetSocketAddress} or a {@link
 *     java.net.UnixDomainSocketAddress}; port 0 picks a free one, the same on all addresses
 * @param handshakeTimeout from the connection to the end of the handshake
 * @param alpn application protocols by preference; empty: the client's list is ignored
 * @param tickets whether clients are given session tickets; a few old mail servers fail with them
 * @param clients whether clients are asked for certificates
 * @param admission whom it lets in, and how many at once
 */
public record ListenerSettings(
        String name,
        List<SocketAddress> addresses,
        Duration handshakeTimeout,
        List<String> alpn,
        boolean tickets,
        ClientAuthentication clients,
        Admission admission) {

    public ListenerSettings {
        addresses = List.copyOf(addresses);
        alpn = List.copyOf(alpn);
        if (addresses.isEmpty()) throw new IllegalArgumentException("a listener needs an address");
    }

    public static ListenerSettings on(SocketAddress first, SocketAddress... more) {
        var all = new java.util.ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return new ListenerSettings(
                "tls",
                all,
                Duration.ofSeconds(20),
                List.of(),
                true,
                ClientAuthentication.none(),
                Admission.standard());
    }

    /** Listens on this machine's own address only. */
    public static ListenerSettings loopback(int port) {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public ListenerSettings withName(String other) {
        return new ListenerSettings(
                other, addresses, handshakeTimeout, alpn, tickets, clients, admission);
    }

    public ListenerSettings withAddresses(List<SocketAddress> others) {
        return new ListenerSettings(
                name, others, handshakeTimeout, alpn, tickets, clients, admission);
    }

    public ListenerSettings withHandshakeTimeout(Duration other) {
        return new ListenerSettings(name, addresses, other, alpn, tickets, clients, admission);
    }

    public ListenerSettings withAlpn(String... protocols) {
        return new ListenerSettings(
                name, addresses, handshakeTimeout, List.of(protocols), tickets, clients, admission);
    }

    public ListenerSettings withAdmission(Admission other) {
        return new ListenerSettings(
                name, addresses, handshakeTimeout, alpn, tickets, clients, other);
    }

    public ListenerSettings withTickets(boolean given) {
        return new ListenerSettings(
                name, addresses, handshakeTimeout, alpn, given, clients, admission);
    }

    public ListenerSettings withClients(ClientAuthentication asked) {
        return new ListenerSettings(
                name, addresses, handshakeTimeout, alpn, tickets, asked, admission);
    }
}
