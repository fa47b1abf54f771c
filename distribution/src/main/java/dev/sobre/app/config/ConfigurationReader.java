package dev.sobre.app.config;

import dev.sobre.app.config.Configuration.Certificate;
import dev.sobre.app.config.Configuration.Imap;
import dev.sobre.app.config.Configuration.Limits;
import dev.sobre.app.config.Configuration.Log;
import dev.sobre.app.config.Configuration.Login;
import dev.sobre.app.config.Configuration.Mail;
import dev.sobre.app.config.Configuration.Search;
import dev.sobre.app.config.Configuration.Sending;
import dev.sobre.app.config.Configuration.Smtp;
import dev.sobre.app.config.Configuration.Store;
import dev.sobre.app.config.Configuration.Tickets;
import dev.sobre.imap.ImapSettings;
import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.mail.UidSet;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.tls.TicketSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code sobre.toml}. A key it does not know, and a value it can't use, is an error. */
public final class ConfigurationReader {

    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");
    private static final long LEAST_MESSAGES_AT_ONCE = 1000; // RFC 9738 §3
    private static final String PATHS = "paths in quotes";
    private static final String NAMES = "names such as \"example.org\" or \"localhost\"";
    private static final String TICKET_KEYS =
            "paths in quotes and \"credential:NAME\", a name without slashes";
    private static final Pattern TICKET_KEYS_AS =
            Pattern.compile("credential:(?!\\.{1,2}$)[^/\\x00]{1,255}|(?!credential:).+");
    // Letters, digits and hyphens: what can stand in a certificate, a greeting and an address.
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final TomlValues toml;

    private ConfigurationReader(TomlValues toml) {
        this.toml = toml;
    }

    /** Reads a file. */
    public static Configuration read(Path file) throws ConfigurationError {
        return new ConfigurationReader(TomlValues.read(file)).configuration();
    }

    /** Where a file sets a key, as {@code file:line}; the file alone where it does not. */
    public static String place(Path file, String key) {
        try {
            return TomlValues.read(file).where(key);
        } catch (ConfigurationError unreadable) {
            return file.toString();
        }
    }

    /** Whether a text can be a domain or a host name. */
    public static boolean isName(String text) {
        return text.length() <= 253 && NAME.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    private Configuration configuration() throws ConfigurationError {
        String domain = name("domain", Optional.empty());
        String hostname = name("hostname", Optional.of(domain));
        var clients = new ClientsReader(toml);
        var trusted = clients.read();
        var read =
                new Configuration(
                        domain,
                        hostname,
                        new ListenersReader(toml, clients).read(),
                        certificates(),
                        new PolicyReader(toml).read(),
                        tickets(),
                        trusted,
                        smtp(),
                        imap(),
                        limits(),
                        mail(),
                        store(),
                        new Search(
                                toml.flag("search.enabled", Search.standard().enabled()),
                                toml.flag("search.everything", Search.standard().everything())),
                        login(),
                        log(),
                        new RelayReader(toml).read());
        toml.refuseOthers();
        return read;
    }

    private List<Certificate> certificates() throws ConfigurationError {
        var standard = Certificate.standard();
        var all = new ArrayList<Certificate>();
        all.add(
                new Certificate(
                        toml.text("tls.certificate", PATHS).orElse(standard.chain()),
                        toml.text("tls.key", PATHS).orElse(standard.key()),
                        path(toml, "tls.key-passphrase-file"),
                        path(toml, "tls.ocsp-response")));
        for (TomlValues more : toml.tables("tls.identity")) {
            all.add(
                    new Certificate(
                            more.text("certificate", PATHS)
                                    .orElseThrow(() -> more.missing("certificate", PATHS)),
                            more.text("key", PATHS).orElseThrow(() -> more.missing("key", PATHS)),
                            path(more, "key-passphrase-file"),
                            path(more, "ocsp-response")));
            more.refuseOthers();
        }
        return all;
    }

    /** An empty path stands for none, so that a line can be emptied and stay. */
    private static Optional<String> path(TomlValues values, String key) throws ConfigurationError {
        return values.text(key, PATHS).filter(path -> !path.isEmpty());
    }

    private Tickets tickets() throws ConfigurationError {
        var standard = Tickets.standard();
        String keys = toml.text("tls.ticket-keys", TICKET_KEYS).orElse(standard.keys());
        if (!TICKET_KEYS_AS.matcher(keys).matches())
            throw toml.wrong("tls.ticket-keys", TICKET_KEYS);
        String rotation = "tls.ticket-rotation";
        var seals = toml.duration(rotation, standard.schedule().rotation());
        var opens = toml.duration("tls.ticket-lifetime", seals.multipliedBy(2));
        int cached = (int) toml.number("tls.session-cache", 0, 1_000_000, standard.sessionCache());
        try {
            return new Tickets(keys, new TicketSchedule(seals, opens), cached);
        } catch (IllegalArgumentException e) {
            String key = toml.has(rotation) ? rotation : "tls.ticket-lifetime";
            throw toml.bad(key, String.valueOf(e.getMessage()));
        }
    }

    /** Mechanisms, named as IMAP names them. */
    private Smtp smtp() throws ConfigurationError {
        String kind = "AUTH=";
        var names = SmtpSettings.mechanisms().stream().map(kind::concat).toList();
        return new Smtp(
                withheld("smtps.withhold", names).stream()
                        .map(name -> name.substring(kind.length()))
                        .collect(Collectors.toSet()));
    }

    private Set<String> withheld(String key, List<String> names) throws ConfigurationError {
        String accepted = "lists of names in quotes: " + String.join(", ", names);
        var withheld = toml.texts(key, accepted, List.of());
        for (String each : withheld) {
            if (names.stream().noneMatch(each::equalsIgnoreCase)) {
                throw toml.bad(
                        key, "nothing to withhold is named " + each + "; accepted are " + accepted);
            }
        }
        return Set.copyOf(withheld);
    }

    private Imap imap() throws ConfigurationError {
        var withheld = withheld("imaps.withhold", ImapSettings.capabilities());
        return new Imap(toml.flag("imaps.compress", false), messagesAtOnce(), withheld);
    }

    private long messagesAtOnce() throws ConfigurationError {
        String key = "imaps.message-limit";
        long most = toml.number(key, 0, UidSet.HIGHEST, 0);
        if (most == 0 || most >= LEAST_MESSAGES_AT_ONCE) return most;
        throw toml.wrong(
                key,
                "whole numbers from %d to %d, 0 for no limit"
                        .formatted(LEAST_MESSAGES_AT_ONCE, UidSet.HIGHEST));
    }

    private Limits limits() throws ConfigurationError {
        var standard = Limits.standard();
        return new Limits(
                toml.number("limits.message", 64 << 10, 1L << 30, standard.message()),
                (int) toml.number("limits.connections", 1, 1_000_000, standard.connections()),
                (int)
                        toml.number(
                                "limits.connections-per-address",
                                1,
                                1_000_000,
                                standard.connectionsPerAddress()),
                sending(standard.sending()));
    }

    private Sending sending(Sending standard) throws ConfigurationError {
        return new Sending(
                (int) toml.number("limits.recipients", 100, 100_000, standard.recipients()),
                most("limits.domains-per-connection", standard.domains()),
                most("limits.mails-per-connection", standard.session()),
                most("limits.mails-at-once", standard.atOnce()),
                most("limits.mails-per-hour", standard.mails()),
                most("limits.recipients-per-hour", standard.allRecipients()),
                most("limits.mails-per-hour-from-address", standard.addressMails()),
                most("limits.recipients-per-hour-from-address", standard.addressRecipients()));
    }

    private int most(String key, int standard) throws ConfigurationError {
        return (int) toml.number(key, 0, 100_000_000, standard);
    }

    private Login login() throws ConfigurationError {
        var standard = Login.standard();
        var guesses = standard.guesses();
        String time = "login.wrong-passwords-within";
        var within = toml.duration(time, guesses.within());
        if (!within.isPositive()) throw toml.wrong(time, "times from \"1s\"");
        int most = (int) toml.number("login.wrong-passwords", 0, Guesses.MOST, guesses.most());
        return new Login(toml.flag("login.scram", standard.scram()), new Guesses(most, within));
    }

    private Mail mail() throws ConfigurationError {
        String key = "mail.subaddress-separators";
        String accepted = "characters such as \"+\" or \"+-\", \"\" for no subaddresses";
        String separators = toml.text(key, accepted).orElse(Mail.standard().subaddressSeparators());
        // RFC 5322 §3.2.3: what can stand in a local part, but letters, digits and the dot.
        if (!separators.matches("[!#$%&'*+/=?^_`{|}~-]{0,8}")) throw toml.wrong(key, accepted);
        boolean anyFrom = toml.choice("mail.from", "own", List.of("own", "any")).equals("any");
        var standard = Mail.standard();
        var repeats = toml.duration("mail.repeats-within", standard.repeats());
        if (repeats.compareTo(Duration.ofDays(30)) > 0) {
            throw toml.wrong("mail.repeats-within", "times up to \"720h\"");
        }
        boolean traces = toml.flag("mail.trace-client", standard.tracesClient());
        var hold = toml.duration("mail.hold-up-to", standard.longestHold());
        if (hold.compareTo(Duration.ofDays(10_000)) > 0) {
            throw toml.wrong("mail.hold-up-to", "times up to \"240000h\"");
        }
        return new Mail(separators, anyFrom, repeats, traces, hold);
    }

    private Store store() throws ConfigurationError {
        var standard = Store.standard();
        return new Store(
                path(toml, "store.folder").orElse(standard.folder()),
                toml.choice("store.sync", "durable", List.of("durable", "relaxed"))
                        .equals("relaxed"),
                toml.number("store.segment-size", 1L << 20, 4L << 30, standard.segmentSize()),
                toml.number("store.block-cache", 1L << 20, 64L << 30, standard.blockCache()),
                toml.number("store.write-buffer", 1L << 20, 1L << 30, standard.writeBuffer()),
                toml.number("store.index-rows", 0, 1L << 31, standard.indexRows()),
                path(toml, "store.backup-folder"));
    }

    private Log log() throws ConfigurationError {
        String level = toml.choice("log.level", Log.standard().level(), LEVELS);
        var file = toml.text("log.file", "paths in quotes, \"\" for standard error");
        String accepted = "paths of files in directories that exist, \"\" for standard error";
        if (!file.map(toml::hasDirectory).orElse(true)) throw toml.wrong("log.file", accepted);
        return new Log(level, file.filter(f -> !f.isEmpty()));
    }

    private String name(String key, Optional<String> standard) throws ConfigurationError {
        String name =
                toml.text(key, NAMES)
                        .or(() -> standard)
                        .orElseThrow(() -> toml.missing(key, NAMES));
        if (!isName(name)) throw toml.wrong(key, NAMES);
        return name.toLowerCase(Locale.ROOT);
    }
}
