package dev.sobre.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where and how a listener listens.
 *
 * @param name what the log calls it, such as {@code imaps}
 * @param address the address and port; port 0 picks a free one
 * @param handshakeTimeout from the TCP connection to the end of the handshake
 * @param alpn application protocols by preference; empty: the client's list is ignored
 * @param tickets whether clients are given session tickets; a few old mail servers fail with them
 * @param clients whether clients are asked for certificates
 * @param backlog connections that the kernel holds until they are accepted
 */
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        Duration handshakeTimeout,
        List<String> alpn,
        boolean tickets,
        ClientAuthentication clients,
        int backlog) {

    public ListenerSettings {
        alpn = List.copyOf(alpn);
    }

    public static ListenerSettings on(InetSocketAddress address) {
        return new ListenerSettings("tls", address, Duration.ofSeconds(20), List.of(), true, ClientAuthentication.none(), 1024);
    }

    /** Listens on this machine's own address only. */
    public static ListenerSettings loopback(int port) {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public ListenerSettings withName(String other) {
        return new ListenerSettings(other, address, handshakeTimeout, alpn, tickets, clients, backlog);
    }

    public ListenerSettings withHandshakeTimeout(Duration other) {
        return new ListenerSettings(name, address, other, alpn, tickets, clients, backlog);
    }

    public ListenerSettings withAlpn(String... protocols) {
        return new ListenerSettings(name, address, handshakeTimeout, List.of(protocols), tickets, clients, backlog);
    }

    public ListenerSettings withTickets(boolean given) {
        return new ListenerSettings(name, address, handshakeTimeout, alpn, given, clients, backlog);
    }

    public ListenerSettings withClients(ClientAuthentication asked) {
        return new ListenerSettings(
                name, address, handshakeTimeout, alpn, tickets, asked, backlog);
    }

    public ListenerSettings withBacklog(int connections) {
        return new ListenerSettings(name, address, handshakeTimeout, alpn, tickets, clients, connections);
    }
}
