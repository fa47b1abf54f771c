package dev.sobre.tls;

import java.net.InetSocketAddress;
import java.util.Locale;

/** A port that could not be listened on; the message says which, why, and what to do. */
public final class BindFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final InetSocketAddress address;
    private final String remedy;

    private BindFailed(InetSocketAddress address, String why, String remedy, Throwable cause) {
        super("cannot listen on " + shown(address) + ": " + why + "; " + remedy, cause);
        this.address = address;
        this.remedy = remedy;
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

    public InetSocketAddress address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    /** What an administrator can do about it. */
    public String remedy() {
        return remedy;
    }

    private static String allow(int port) {
        return "ports below 1024 need a permission: under systemd"
                + " AmbientCapabilities=CAP_NET_BIND_SERVICE, for this Java `sudo setcap"
                + " cap_net_bind_service=+ep "
                + System.getProperty("java.home")
                + "/bin/java`, for everybody `sudo sysctl net.ipv4.ip_unprivileged_port_start="
                + port
                + "`, or choose a port above 1023";
    }

    private static String shown(InetSocketAddress address) {
        return address.getHostString() + " port " + address.getPort();
    }
}
