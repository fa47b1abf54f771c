package dev.sobre.tunnel;

import dev.sobre.tls.ClientAuthentication;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a tunnel listens and what a connection may cost.
 *
 * @param name what the log calls it
 * @param address where it listens; port 0 picks a free one
 * @param connections open at once; more are closed at once
 * @param connectTimeout until the target answers
 * @param idle how long both directions of a connection may be silent; empty: for ever
 * @param halfOpen the same for a connection of which one direction has ended
 * @param grace how long {@link Tunnel#close} waits for connections to end by themselves
 * @param clients whether those who connect by TLS are asked for certificates
 */
public record TunnelSettings(
        String name,
        InetSocketAddress address,
        int connections,
        Duration connectTimeout,
        Optional<Duration> idle,
        Duration halfOpen,
        Duration grace,
        ClientAuthentication clients) {

    public TunnelSettings {
        if (connections < 1) throw new IllegalArgumentException("a tunnel needs connections");
    }

    public static TunnelSettings on(InetSocketAddress address) {
        return new TunnelSettings(
                "tunnel",
                address,
                10_000,
                Duration.ofSeconds(10),
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                ClientAuthentication.none());
    }

    /** Listens on this machine's own address only. */
    public static TunnelSettings loopback(int port) {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public TunnelSettings withName(String other) {
        return new TunnelSettings(
                other, address, connections, connectTimeout, idle, halfOpen, grace, clients);
    }

    public TunnelSettings withConnections(int most) {
        return new TunnelSettings(
                name, address, most, connectTimeout, idle, halfOpen, grace, clients);
    }

    public TunnelSettings withConnectTimeout(Duration time) {
        return new TunnelSettings(name, address, connections, time, idle, halfOpen, grace, clients);
    }

    public TunnelSettings withIdle(Duration time) {
        return new TunnelSettings(
                name,
                address,
                connections,
                connectTimeout,
                Optional.of(time),
                halfOpen,
                grace,
                clients);
    }

    public TunnelSettings withHalfOpen(Duration time) {
        return new TunnelSettings(
                name, address, connections, connectTimeout, idle, time, grace, clients);
    }

    public TunnelSettings withGrace(Duration time) {
        return new TunnelSettings(
                name, address, connections, connectTimeout, idle, halfOpen, time, clients);
    }

    public TunnelSettings withClients(ClientAuthentication asked) {
        return new TunnelSettings(
                name, address, connections, connectTimeout, idle, halfOpen, grace, asked);
    }
}
