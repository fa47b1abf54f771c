package dev.sobre.smtp.relay;

import java.util.Locale;

/** Each mail goes to the servers of its destination. */
public record Direct(Exchanges exchanges) implements Route {

    @Override
    public String lane(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }

    @Override
    public Destination destination(String domain) {
        return exchanges.of(domain);
    }
}
