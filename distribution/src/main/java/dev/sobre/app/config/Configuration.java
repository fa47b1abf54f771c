package dev.sobre.app.config;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.mail.Recipients;
import dev.sobre.tls.AddressRange;
import dev.sobre.tls.Admission;
import dev.sobre.tls.TicketSchedule;
import dev.sobre.tls.TlsPolicy;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Everything that {@code sobre.toml} can say, with working defaults.
 *
 * @param domain the mail domain whose addresses are local
 * @param hostname the name that clients connect to and that the services greet with
 * @param services where each service listens
 * @param certificates who the server is; the first where a client names nobody
 * @param policy what TLS may be used
 * @param tickets the keys of session tickets
 * @param clients who may vouch for clients with certificates
 * @param limits how much one client, and all of them together, may take
 * @param mail how mail finds its recipients
 * @param store how the mail store is kept
 * @param search how messages are found by their texts
 * @param login how users prove who they are
 * @param log what is logged
 * @param relay how mail for other domains leaves
 */
public record Configuration(
        String domain,
        String hostname,
        Map<Service, Listener> services,
        List<Certificate> certificates,
        TlsPolicy policy,
        Tickets tickets,
        Clients clients,
        Limits limits,
        Mail mail,
        Store store,
        Search search,
        Login login,
        Log log,
        Relay relay) {

    public Configuration {
        services = Map.copyOf(services);
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) throw new IllegalArgumentException("TLS needs a certificate");
    }

    /** A configuration of defaults, its ports moved by {@code offset}. */
    public static Configuration standard(String domain, String hostname, int offset) {
        return new Configuration(
                domain,
                hostname,
                Service.listeners(offset),
                List.of(Certificate.standard()),
                TlsPolicy.standard(),
                Tickets.standard(),
                Clients.standard(),
                Limits.standard(),
                Mail.standard(),
                Store.standard(),
                Search.standard(),
                Login.standard(),
                Log.standard(),
                Relay.standard());
    }

    /** The certificate of {@code [tls]}: the default. */
    public Certificate certificate() {
        return certificates.getFirst();
    }

    public Listener listener(Service service) {
        return services.getOrDefault(service, service.listener(0));
    }

    /** The same for this machine alone. */
    public Configuration onLoopback() {
        return with(listener -> listener.on(listener.port(), "127.0.0.1"));
    }

    /** The same on whatever ports are free, for this machine alone. */
    public Configuration onFreePorts() {
        return with(listener -> listener.on(0, "127.0.0.1"));
    }

    private Configuration with(UnaryOperator<Listener> moved) {
        var all = new EnumMap<Service, Listener>(Service.class);
        services.forEach((service, listener) -> all.put(service, moved.apply(listener)));
        return new Configuration(
                domain,
                hostname,
                all,
                certificates,
                policy,
                tickets,
                clients,
                limits,
                mail,
                store,
                search,
                login,
                log,
                relay);
    }

    /** The same that keeps to itself: no mail leaves. */
    public Configuration withoutRelay() {
        return new Configuration(
                domain,
                hostname,
                services,
                certificates,
                policy,
                tickets,
                clients,
                limits,
                mail,
                store,
                search,
                login,
                log,
                relay.off());
    }

    /**
     * Where a service listens.
     *
     * @param port 0 for any free one
     * @param addresses the addresses to bind, {@code unix:} and a path among them; none for all of
     *     the machine
     * @param proxies who must say by a PROXY header for whom they connect
     * @param tickets whether clients are given session tickets
     * @param clients whether clients are asked for certificates
     * @param reusePort whether each event loop accepts for itself (SO_REUSEPORT)
     * @param socketMode who may connect to its Unix sockets
     */
    public record Listener(
            int port,
            List<String> addresses,
            List<AddressRange> proxies,
            boolean tickets,
            ClientCertificates clients,
            boolean reusePort,
            Set<PosixFilePermission> socketMode) {
        /** How an address begins that is the path of a Unix socket. */
        public static final String UNIX = "unix:";

        public Listener {
            addresses = List.copyOf(addresses);
            proxies = List.copyOf(proxies);
            socketMode = Set.copyOf(socketMode);
        }

        /** A listener without proxies, which asks nobody for a certificate. */
        public Listener(int port, List<String> addresses) {
            this(
                    port,
                    addresses,
                    List.of(),
                    true,
                    ClientCertificates.NONE,
                    Admission.standard().reusePort(),
                    Admission.standard().socketMode());
        }

        /** At one place, without proxies. */
        Listener on(int otherPort, String address) {
            return new Listener(
                    otherPort,
                    List.of(address),
                    List.of(),
                    tickets,
                    clients,
                    reusePort,
                    socketMode);
        }
    }

    /** Whether a service asks its clients for certificates. */
    public enum ClientCertificates {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /**
     * Which client certificates hold, and for whom they stand.
     *
     * @param authorities PEM files of those who may vouch for clients; none where nobody is asked
     * @param revoked files of revocation lists
     * @param depth how many intermediate authorities may stand between a client and one of these
     * @param names mail addresses by what is seen in a certificate
     */
    public record Clients(
            List<String> authorities, List<String> revoked, int depth, Map<String, String> names) {
        public Clients {
            authorities = List.copyOf(authorities);
            revoked = List.copyOf(revoked);
            names = Map.copyOf(names);
        }

        static Clients standard() {
            return new Clients(List.of(), List.of(), 2, Map.of());
        }
    }

    /**
     * A certificate and its key, as paths in the home or absolute ones.
     *
     * @param chain PEM, the server's own with its intermediates
     * @param passphraseFile what the key is locked with
     * @param ocspResponse what is stapled
     */
    public record Certificate(
            String chain,
            String key,
            Optional<String> passphraseFile,
            Optional<String> ocspResponse) {
        static Certificate standard() {
            return new Certificate(
                    "tls/server.pem", "tls/server.key", Optional.empty(), Optional.empty());
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
     * @param sending what users may send
     */
    public record Limits(
            long message, int connections, int connectionsPerAddress, Sending sending) {
        static Limits standard() {
            return new Limits(50L << 20, 10_000, 100, Sending.standard());
        }
    }

    /**
     * What users may send; 0 stands for no limit.
     *
     * @param recipients of one mail
     * @param session mails on one connection
     * @param atOnce mails of one account that are under way
     * @param mails of one account within an hour
     * @param allRecipients of one account's mails within an hour
     * @param addressMails from one address within an hour
     * @param addressRecipients of the mails from one address within an hour
     */
    public record Sending(
            int recipients,
            int session,
            int atOnce,
            int mails,
            int allRecipients,
            int addressMails,
            int addressRecipients) {
        static Sending standard() {
            return new Sending(1000, 0, 100, 1000, 10_000, 0, 0);
        }
    }

    /**
     * How the mail store is kept.
     *
     * @param folder where it lies, a path in the home or an absolute one
     * @param relaxed whether mail is answered for before it is on the disk
     * @param segmentSize octets after which a file of bodies is followed by another
     * @param blockCache octets of metadata that are kept in memory
     * @param writeBuffer octets of new metadata that gather in memory
     * @param indexRows messages whose flags and sizes are kept in memory
     * @param backupFolder where a running server backs it up to, a path in the home or an absolute
     *     one
     */
    public record Store(
            String folder,
            boolean relaxed,
            long segmentSize,
            long blockCache,
            long writeBuffer,
            long indexRows,
            Optional<String> backupFolder) {
        static Store standard() {
            return new Store(
                    "store", false, 64L << 20, 32L << 20, 16L << 20, 2_000_000, Optional.empty());
        }
    }

    /**
     * How messages are found by their texts.
     *
     * @param enabled whether an index of the texts is kept, in the home
     * @param everything whether of mailboxes, too, in which nobody has looked for a text yet
     */
    public record Search(boolean enabled, boolean everything) {
        static Search standard() {
            return new Search(true, false);
        }
    }

    /**
     * How mail finds its recipients.
     *
     * @param subaddressSeparators the characters that each begin a subaddress; empty for none
     * @param anyFrom whether users may put any name into the From field
     * @param repeats for how long a mail is known again that a client sends twice; zero for never
     * @param tracesClient whether Received says from where users send
     */
    public record Mail(
            String subaddressSeparators, boolean anyFrom, Duration repeats, boolean tracesClient) {
        static Mail standard() {
            return new Mail(Recipients.STANDARD_SEPARATORS, false, Duration.ofHours(1), true);
        }
    }

    /**
     * How users prove who they are.
     *
     * @param scram whether SCRAM-SHA-256 is offered, which takes app passwords alone
     * @param guesses how many different wrong passwords may come from an address
     */
    public record Login(boolean scram, Guesses guesses) {
        static Login standard() {
            return new Login(false, Guesses.standard());
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

    /**
     * How mail for other domains leaves.
     *
     * @param way by which way
     * @param smarthost the one server that takes all of it, where that is the way
     * @param nameServers who is asked for other servers; none given, those of the machine
     * @param expires how long a mail is tried
     * @param warn after which its sender is told that it is late
     * @param connections to other servers at a time
     * @param perDestination the same to one of them
     * @param dkimKeys what it is signed with: paths that end in {@code DOMAIN/SELECTOR.key}
     */
    public record Relay(
            Way way,
            Smarthost smarthost,
            List<String> nameServers,
            Duration expires,
            Duration warn,
            int connections,
            int perDestination,
            List<String> dkimKeys) {

        /** By which way mail leaves. */
        public enum Way {
            /** It does not: mail for other domains is refused. */
            OFF,
            /** To the servers of its destination. */
            DIRECT,
            /** To one server that passes it on. */
            SMARTHOST
        }

        public Relay {
            nameServers = List.copyOf(nameServers);
            dkimKeys = List.copyOf(dkimKeys);
        }

        static Relay standard() {
            return new Relay(
                    Way.DIRECT,
                    new Smarthost(
                            "", 465, false, Optional.empty(), Optional.empty(), Optional.empty()),
                    List.of(),
                    Duration.ofDays(5),
                    Duration.ofHours(4),
                    50,
                    5,
                    List.of());
        }

        Relay off() {
            return new Relay(
                    Way.OFF,
                    smarthost,
                    nameServers,
                    expires,
                    warn,
                    connections,
                    perDestination,
                    List.of());
        }
    }

    /**
     * The server that takes all mail for other domains.
     *
     * @param startTls whether TLS begins by STARTTLS, not with the connection
     * @param user who we are there; empty for nobody
     * @param passwordFile where the password is, a path in the home or an absolute one
     * @param authority a PEM file of who may vouch for it; empty: who the JDK trusts
     */
    public record Smarthost(
            String host,
            int port,
            boolean startTls,
            Optional<String> user,
            Optional<String> passwordFile,
            Optional<String> authority) {}
}
