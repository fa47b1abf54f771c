package dev.sobre.smtp.relay;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Each mail goes to the servers of its destination. */
public record Direct(Exchanges exchanges) implements Route {

    @Override
    public String lane(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isOne() {
        return false;
    }

    @Override
    public Destination destination(String domain) {
        return exchanges.of(domain);
    }

    @Override
    public Optional<Smarthost.Login> login() {
        return Optional.empty();
    }

    @Override
    public List<X509Certificate> trusted() {
        return List.of();
    }
}
