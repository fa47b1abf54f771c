package dev.sobre.app.config;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.mail.Recipients;
import dev.sobre.tls.TicketSchedule;
import dev.sobre.tls.TlsPolicy;
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
 * @param smtp how users log in to send
 * @param imap what the IMAP service announces
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
        Smtp smtp,
        Imap imap,
        Limits limits,
        Mail mail,
        Store store,
        Search search,
        Login login,
        Log log,
        Relaying relay) {

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
                Smtp.standard(),
                Imap.standard(),
                Limits.standard(),
                Mail.standard(),
                Store.standard(),
                Search.standard(),
                Login.standard(),
                Log.standard(),
                Relaying.standard());
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
        return moved(listener -> listener.on(listener.port(), "127.0.0.1"));
    }

    /** The same on whatever ports are free, for this machine alone. */
    public Configuration onFreePorts() {
        return moved(listener -> listener.on(0, "127.0.0.1"));
    }

    /** The same that keeps to itself: no mail leaves. */
    public Configuration withoutRelay() {
        return with(services, relay.off());
    }

    private Configuration moved(UnaryOperator<Listener> move) {
        var all = new EnumMap<Service, Listener>(Service.class);
        services.forEach((service, listener) -> all.put(service, move.apply(listener)));
        return with(all, relay);
    }

    private Configuration with(Map<Service, Listener> services, Relaying relay) {
        return new Configuration(
                domain,
                hostname,
                services,
                certificates,
                policy,
                tickets,
                clients,
                smtp,
                imap,
                limits,
                mail,
                store,
                search,
                login,
                log,
                relay);
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
     * How users log in to send.
     *
     * @param withheld SASL mechanisms that are not offered
     */
    public record Smtp(Set<String> withheld) {
        public Smtp {
            withheld = Set.copyOf(withheld);
        }

        static Smtp standard() {
            return new Smtp(Set.of());
        }
    }

    /**
     * What the IMAP service announces.
     *
     * @param compression whether clients may have all compressed
     * @param messagesAtOnce how many messages a command may process; 0 for no limit
     * @param withheld the capabilities that it does not, nor serves
     */
    public record Imap(boolean compression, long messagesAtOnce, Set<String> withheld) {
        public Imap {
            withheld = Set.copyOf(withheld);
        }

        static Imap standard() {
            return new Imap(false, 0, Set.of());
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
     * @param domains of recipients on one connection
     * @param session mails on one connection
     * @param atOnce mails of one account that are under way
     * @param mails of one account within an hour
     * @param allRecipients of one account's mails within an hour
     * @param addressMails from one address within an hour
     * @param addressRecipients of the mails from one address within an hour
     */
    public record Sending(
            int recipients,
            int domains,
            int session,
            int atOnce,
            int mails,
            int allRecipients,
            int addressMails,
            int addressRecipients) {
        static Sending standard() {
            return new Sending(1000, 0, 0, 100, 1000, 10_000, 0, 0);
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
     * @param longestHold how long a mail may wait for the time that its sender wants; zero for not
     *     at all
     */
    public record Mail(
            String subaddressSeparators,
            boolean anyFrom,
            Duration repeats,
            boolean tracesClient,
            Duration longestHold) {
        static Mail standard() {
            return new Mail(
                    Recipients.STANDARD_SEPARATORS,
                    false,
                    Duration.ofHours(1),
                    true,
                    Duration.ofDays(30));
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
}
