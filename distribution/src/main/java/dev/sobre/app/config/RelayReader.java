package dev.sobre.app.config;

import dev.sobre.app.config.Relaying.Way;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what {@code [relay]} and {@code [dkim]} say about mail for other domains. */
record RelayReader(TomlValues toml) {
    private static final List<String> WAYS = List.of("direct", "smarthost", "off");
    private static final String PATHS = "paths in quotes";
    private static final String HOSTS = "host names such as \"smtp.example.net\"";
    private static final String KEYS =
            "lists of paths such as [\"dkim/example.org/s1-rsa.key\"], as `sobre dkim key` prints";
    private static final String SERVERS =
            "lists of IP addresses such as [\"192.0.2.53\"]; [] for the machine's";

    Relaying read() throws ConfigurationError {
        var standard = Relaying.standard();
        String usual = standard.way().name().toLowerCase(Locale.ROOT);
        var way = Way.valueOf(toml.choice("relay.way", usual, WAYS).toUpperCase(Locale.ROOT));
        var smarthost = smarthost(way, standard.smarthost());
        List<String> servers = toml.texts("relay.dns", SERVERS, List.of());
        for (String each : servers) {
            if (!isAddress(each)) throw toml.wrong("relay.dns", SERVERS);
        }
        return new Relaying(
                way,
                smarthost,
                servers,
                time("relay.expires", standard.expires()),
                time("relay.warn", standard.warn()),
                (int) toml.number("relay.connections", 1, 10_000, standard.connections()),
                (int)
                        toml.number(
                                "relay.connections-per-destination",
                                1,
                                1000,
                                standard.perDestination()),
                dkimKeys());
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<String> dkimKeys() throws ConfigurationError {
        List<String> keys = toml.texts("dkim.keys", KEYS, List.of());
        for (String each : keys) {
            if (!each.matches("(.*/)?[^/]+/[^/]+\\.key")) throw toml.wrong("dkim.keys", KEYS);
        }
        return keys;
    }

    private Smarthost smarthost(Way way, Smarthost standard) throws ConfigurationError {
        boolean startTls =
                toml.choice("relay.security", "tls", List.of("tls", "starttls")).equals("starttls");
        String host = toml.text("relay.host", HOSTS).orElse("");
        if (way == Way.SMARTHOST && host.isEmpty()) throw toml.missing("relay.host", HOSTS);
        if (!host.isEmpty() && !ConfigurationReader.isName(host)) {
            throw toml.wrong("relay.host", HOSTS);
        }
        long port = startTls ? 587 : standard.port();
        var user = text("relay.user", "user names in quotes");
        var password = text("relay.password-file", PATHS);
        if (user.isPresent() && password.isEmpty())
            throw toml.missing("relay.password-file", PATHS);
        return new Smarthost(
                host,
                (int) toml.number("relay.port", 1, 65535, port),
                startTls,
                user,
                password,
                text("relay.ca", PATHS));
    }

    /** An empty text stands for none, so that a line can be emptied and stay. */
    private Optional<String> text(String key, String accepted) throws ConfigurationError {
        return toml.text(key, accepted).filter(text -> !text.isEmpty());
    }

    private Duration time(String key, Duration standard) throws ConfigurationError {
        var time = toml.duration(key, standard);
        if (!time.isPositive()) throw toml.wrong(key, "times from \"1s\"");
        return time;
    }
}
