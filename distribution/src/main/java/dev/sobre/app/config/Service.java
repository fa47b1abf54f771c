package dev.sobre.app.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One of the four services, with its registered port. */
public enum Service {
    /** Message submission over implicit TLS, RFC 8314 §7.3. */
    SMTPS("smtps", 465),
    /** RFC 8314 §7.2. */
    POP3S("pop3s", 995),
    /** RFC 8314 §7.1. */
    IMAPS("imaps", 993),
    /** TELNET over TLS, for administrators. */
    TELNETS("telnets", 992);

    private final String label;
    private final int port;

    Service(String label, int port) {
        this.label = label;
        this.port = port;
    }

    /** The name in {@code sobre.toml}, in logs and in the ready line. */
    public String label() {
        return label;
    }

    /** The registered port. */
    public int port() {
        return port;
    }

    /** The default listener; the administrator's console is for this machine alone. */
    Listener listener(int offset) {
        return new Listener(port + offset, this == TELNETS ? List.of("127.0.0.1") : List.of());
    }

    static Map<Service, Listener> listeners(int offset) {
        var all = new EnumMap<Service, Listener>(Service.class);
        for (Service service : values()) all.put(service, service.listener(offset));
        return all;
    }
}
