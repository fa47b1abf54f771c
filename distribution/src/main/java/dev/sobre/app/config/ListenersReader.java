package dev.sobre.app.config;

import dev.sobre.tls.AddressRange;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what {@code sobre.toml} says about where the services listen. */
record ListenersReader(TomlValues toml, ClientsReader clients) {

    private static final String ADDRESSES =
            "lists of IP addresses such as [\"127.0.0.1\", \"::1\"] and Unix sockets such as"
                    + " [\"unix:imaps.sock\"]; [] for all";
    private static final String MODES =
            "modes such as \"0600\" (the server's user connects), \"0660\" (and its group), \"0666\""
                    + " (everybody)";
    private static final Pattern MODE = Pattern.compile("0?(6[0246][0246])");
    private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Where each service listens. */
    Map<Service, Listener> read() throws ConfigurationError {
        var listeners = new EnumMap<Service, Listener>(Service.class);
        for (Service service : Service.values()) {
            var standard = service.listener(0);
            String port = service.label() + ".port";
            var addresses = addresses(service.label() + ".addresses", standard.addresses());
            listeners.put(
                    service,
                    new Listener(
                            (int) toml.number(port, 0, 65535, standard.port()),
                            addresses,
                            proxies(service.label() + ".proxy-from"),
                            toml.flag(service.label() + ".tickets", true),
                            clients.of(service),
                            toml.flag(service.label() + ".reuse-port", standard.reusePort()),
                            socketMode(
                                    service.label() + ".socket-mode",
                                    addresses,
                                    standard.socketMode())));
        }
        refuseSharedPorts(listeners);
        return listeners;
    }

    /** Two services can't have one port (on different addresses they could, but who would). */
    private void refuseSharedPorts(Map<Service, Listener> listeners) throws ConfigurationError {
        var holders = new HashMap<Integer, Service>();
        for (Service service : Service.values()) {
            int port = listeners.getOrDefault(service, service.listener(0)).port();
            Service other = port == 0 ? null : holders.putIfAbsent(port, service);
            if (other == null) continue;
            throw toml.wrong(
                    service.label() + ".port",
                    "ports that no other service has; " + other.label() + " has " + port);
        }
    }

    private List<String> addresses(String key, List<String> standard) throws ConfigurationError {
        var addresses = toml.texts(key, ADDRESSES, standard);
        for (String address : addresses) {
            boolean unix =
                    address.startsWith(Listener.UNIX) && address.length() > Listener.UNIX.length();
            if (!unix && !IP.matcher(address).matches()) throw toml.wrong(key, ADDRESSES);
        }
        return addresses;
    }

    /** To connect takes the permission to write; the owner, who is the server, has it. */
    private Set<PosixFilePermission> socketMode(
            String key, List<String> addresses, Set<PosixFilePermission> standard)
            throws ConfigurationError {
        var mode = toml.text(key, MODES);
        if (mode.isEmpty()) return standard;
        var digits = MODE.matcher(mode.get());
        if (!digits.matches()) throw toml.wrong(key, MODES);
        if (addresses.stream().noneMatch(address -> address.startsWith(Listener.UNIX))) {
            throw toml.bad(
                    key, "the service has no Unix socket; add one to its addresses, \"unix:PATH\"");
        }
        String letters =
                digits.group(1)
                        .replace("6", "rw-")
                        .replace("4", "r--")
                        .replace("2", "-w-")
                        .replace("0", "---");
        return PosixFilePermissions.fromString(letters);
    }

    private List<AddressRange> proxies(String key) throws ConfigurationError {
        String accepted = "lists of " + AddressRange.ACCEPTED;
        try {
            return toml.texts(key, accepted, List.of()).stream().map(AddressRange::of).toList();
        } catch (IllegalArgumentException e) {
            throw toml.wrong(key, accepted);
        }
    }
}
