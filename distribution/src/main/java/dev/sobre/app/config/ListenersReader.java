package dev.sobre.app.config;

import dev.sobre.app.config.Configuration.Listener;
import dev.sobre.tls.AddressRange;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what {@code sobre.toml} says about where the services listen. */
record ListenersReader(TomlValues toml, ClientsReader clients) {

    private static final String ADDRESSES =
            "lists of IP addresses such as [\"127.0.0.1\", \"::1\"] and Unix sockets such as"
                    + " [\"unix:imaps.sock\"]; [] for all";
    private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Where each service listens. */
    Map<Service, Listener> read() throws ConfigurationError {
        var listeners = new EnumMap<Service, Listener>(Service.class);
        for (Service service : Service.values()) {
            var standard = service.listener(0);
            String port = service.label() + ".port";
            String addresses = service.label() + ".addresses";
            listeners.put(
                    service,
                    new Listener(
                            (int) toml.number(port, 0, 65535, standard.port()),
                            addresses(addresses, standard.addresses()),
                            proxies(service.label() + ".proxy-from"),
                            toml.flag(service.label() + ".tickets", true),
                            clients.of(service)));
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

    private List<AddressRange> proxies(String key) throws ConfigurationError {
        String accepted = "lists of " + AddressRange.ACCEPTED;
        try {
            return toml.texts(key, accepted, List.of()).stream().map(AddressRange::of).toList();
        } catch (IllegalArgumentException e) {
            throw toml.wrong(key, accepted);
        }
    }
}
