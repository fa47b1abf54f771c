package dev.sobre.app.config;

import dev.sobre.tls.AddressRange;
import dev.sobre.tls.TicketSchedule;
import dev.sobre.tls.TlsPolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that {@code sobre.toml} can say, with working defaults.
 *
 * @param domain the mail domain whose addresses are local
 * @param hostname the name that clients connect to and that the services greet with
 * @param services where each service listens
 * @param policy what TLS may be used
 * @param tickets the keys of session tickets
 * @param limits how much one client, and all of them together, may take
 */
public record Configuration(
        String domain,
        String hostname,
        Map<Service, Listener> services,
        Certificate certificate,
        TlsPolicy policy,
        Tickets tickets,
        Limits limits,
        Log log) {

    public Configuration {
        services = Map.copyOf(services);
    }

    /** A configuration of defaults, its ports moved by {@code offset}. */
    public static Configuration standard(String domain, String hostname, int offset) {
        return new Configuration(
                domain,
                hostname,
                Service.listeners(offset),
                Certificate.standard(),
                TlsPolicy.standard(),
                Tickets.standard(),
                Limits.standard(),
                Log.standard());
    }

    public Listener listener(Service service) {
        return services.getOrDefault(service, service.listener(0));
    }

    /** The same for this machine alone. */
    public Configuration onLoopback() {
        var all = new EnumMap<Service, Listener>(Service.class);
        services.forEach(
                (service, listener) ->
                        all.put(service, new Listener(listener.port(), List.of("127.0.0.1"))));
        return new Configuration(domain, hostname, all, certificate, policy, tickets, limits, log);
    }

    /** The same on whatever ports are free, for this machine alone. */
    public Configuration onFreePorts() {
        var all = new EnumMap<Service, Listener>(Service.class);
        services.keySet()
                .forEach(service -> all.put(service, new Listener(0, List.of("127.0.0.1"))));
        return new Configuration(domain, hostname, all, certificate, policy, tickets, limits, log);
    }

    /**
     * Where a service listens.
     *
     * @param port 0 for any free one
     * @param addresses the addresses to bind, {@code unix:} and a path among them; none for all of
     *     the machine
     * @param proxies who must say by a PROXY header for whom they connect
     * @param tickets whether clients are given session tickets
     */
    public record Listener(
            int port, List<String> addresses, List<AddressRange> proxies, boolean tickets) {
        /** How an address begins that is the path of a Unix socket. */
        public static final String UNIX = "unix:";

        public Listener {
            addresses = List.copyOf(addresses);
            proxies = List.copyOf(proxies);
        }

        /** A listener without proxies. */
        public Listener(int port, List<String> addresses) {
            this(port, addresses, List.of(), true);
        }
    }

    /** The certificate chain and its key, as paths in the home or absolute ones. */
    public record Certificate(String chain, String key) {
        static Certificate standard() {
            return new Certificate("tls/server.pem", "tls/server.key");
        }
    }

    /**
     * The keys of session tickets.
     *
     * @param keys a path in the home or an absolute one; {@code credential:NAME} for a secret that
     *     systemd hands over
     * @param schedule when they come and go
     * @param sessionCache how many sessions each service keeps for those that take no tickets
     */
    public record Tickets(String keys, TicketSchedule schedule, int sessionCache) {
        private static final String CREDENTIAL = "credential:";

        static Tickets standard() {
            return new Tickets("tls/tickets.key", TicketSchedule.standard(), 20_000);
        }

        /** The name of a credential, where the keys come from one. */
        public Optional<String> credential() {
            return keys.startsWith(CREDENTIAL)
                    ? Optional.of(keys.substring(CREDENTIAL.length()))
                    : Optional.empty();
        }
    }

    /**
     * Limits for the services.
     *
     * @param message the largest message, in octets
     * @param connections connections of one service at a time
     * @param connectionsPerAddress the same, from one client: an IPv4 address or an IPv6 /64
     */
    public record Limits(long message, int connections, int connectionsPerAddress) {
        static Limits standard() {
            return new Limits(50L << 20, 10_000, 100);
        }
    }

    /**
     * What is logged.
     *
     * @param level error, warn, info or debug
     * @param file a path in the home or an absolute one; empty for standard error
     */
    public record Log(String level, Optional<String> file) {
        static Log standard() {
            return new Log("info", Optional.empty());
        }
    }
}
