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
 * @param backlog connections that the kernel holds until they are accepted
 */
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        Duration handshakeTimeout,
        List<String> alpn,
        int backlog) {

    public ListenerSettings {
        alpn = List.copyOf(alpn);
    }

    public static ListenerSettings on(InetSocketAddress address) {
        return new ListenerSettings("tls", address, Duration.ofSeconds(20), List.of(), 1024);
    }

    /** Listens on this machine's own address only. */
    public static ListenerSettings loopback(int port) {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public ListenerSettings withName(String other) {
        return new ListenerSettings(other, address, handshakeTimeout, alpn, backlog);
    }

    public ListenerSettings withHandshakeTimeout(Duration other) {
        return new ListenerSettings(name, address, other, alpn, backlog);
    }

    public ListenerSettings withAlpn(String... protocols) {
        return new ListenerSettings(name, address, handshakeTimeout, List.of(protocols), backlog);
    }

    public ListenerSettings withBacklog(int connections) {
        return new ListenerSettings(name, address, handshakeTimeout, alpn, connections);
    }
}
