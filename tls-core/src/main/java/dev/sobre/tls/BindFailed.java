package dev.sobre.tls;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A port that could not be listened on; the message says which, why, and what to do. */
public final class BindFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SocketAddress address;
    private final String remedy;

    private BindFailed(
            SocketAddress address, String why, String remedy, @Nullable Throwable cause) {
        super("cannot listen on " + shown(address) + ": " + why + "; " + remedy, cause);
        this.address = address;
        this.remedy = remedy;
    }

    /** Tells in plain words why a Unix socket can't be had. */
    static BindFailed of(UnixDomainSocketAddress address, String why, @Nullable Throwable cause) {
        return new BindFailed(
                address, why, "stop what is there, remove it, or choose another path", cause);
    }

    /** Tells a failed bind in plain words. */
    public static BindFailed of(InetSocketAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("permission denied")) {
            return new BindFailed(address, "no permission", allow(address.getPort()), cause);
        }
        if (reason.contains("in use")) {
            return new BindFailed(
                    address,
                    "the port is taken",
                    "find who has it with `ss -ltnp sport = :"
                            + address.getPort()
                            + "`, stop that program or choose another port",
                    cause);
        }
        if (reason.contains("cannot assign") || address.isUnresolved()) {
            return new BindFailed(
                    address,
                    "this machine has no such address",
                    "choose one that `ip address` lists, or 0.0.0.0 or :: for all",
                    cause);
        }
        return new BindFailed(
                address, String.valueOf(cause.getMessage()), "choose another port", cause);
    }

    public SocketAddress address() {
        return address;
    }

    /** The port; 0 where it was a Unix socket. */
    public int port() {
        return address instanceof InetSocketAddress tcp ? tcp.getPort() : 0;
    }

    /** What an administrator can do about it. */
    public String remedy() {
        return remedy;
    }

    private static String allow(int port) {
        return "ports below 1024 need a permission: under systemd"
                + " AmbientCapabilities=CAP_NET_BIND_SERVICE, for everybody `sudo sysctl"
                + " net.ipv4.ip_unprivileged_port_start="
                + port
                + "`, or choose a port above 1023";
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress tcp
                ? tcp.getHostString() + " port " + tcp.getPort()
                : "the Unix socket " + address;
    }
}
