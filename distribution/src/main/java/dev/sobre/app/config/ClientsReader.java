package dev.sobre.app.config;

import dev.sobre.app.config.Configuration.Clients;
import dev.sobre.mail.Address;
import dev.sobre.tls.ClientNames;
import dev.sobre.tls.ClientTrust;
import java.util.Locale;
import java.util.Map;

/** Reads what {@code sobre.toml} says about the certificates of clients. */
record ClientsReader(TomlValues toml) {
    private static final String AUTHORITIES = "tls.client-ca";
    private static final String MAP = "tls.client-map";
    private static final String FILES = "a path in quotes or a list of them";
    private static final String WISHES = "\"none\", \"optional\", \"required\"";
    private static final String ENTRIES = "mail addresses in quotes, by " + ClientNames.KEYS;

    Clients read() throws ConfigurationError {
        return new Clients(
                toml.textOrTexts(AUTHORITIES, FILES),
                toml.textOrTexts("tls.client-crl", FILES),
                (int)
                        toml.number(
                                "tls.client-depth",
                                0,
                                ClientTrust.DEEPEST,
                                Clients.standard().depth()),
                names());
    }

    /** Whether a service asks for certificates. */
    ClientCertificates of(Service service) throws ConfigurationError {
        String key = service.label() + ".client-certificates";
        var wish =
                switch (toml.text(key, WISHES).orElse("none").toLowerCase(Locale.ROOT)) {
                    case "none" -> ClientCertificates.NONE;
                    case "optional" -> ClientCertificates.OPTIONAL;
                    case "required" -> ClientCertificates.REQUIRED;
                    default -> throw toml.wrong(key, WISHES);
                };
        if (wish != ClientCertificates.NONE && toml.textOrTexts(AUTHORITIES, FILES).isEmpty()) {
            throw toml.bad(key, "`" + AUTHORITIES + "` does not say who may vouch for clients");
        }
        return wish;
    }

    private Map<String, String> names() throws ConfigurationError {
        var table = toml.table(MAP, ENTRIES);
        for (var entry : table.entrySet()) {
            String key = entry.getKey();
            if (Address.parse(entry.getValue()).isEmpty()) throw toml.wrong(MAP, key, ENTRIES);
            try {
                ClientNames.of(Map.of(key, entry.getValue()));
            } catch (IllegalArgumentException e) {
                throw toml.wrong(MAP, key, ENTRIES);
            }
        }
        return table;
    }
}
