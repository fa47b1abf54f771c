package dev.sobre.smtp.relay;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** No mail leaves; what waits for mailboxes of this very server goes there. */
public record NoWayOut() implements Route {

    @Override
    public String lane(String domain) {
        return domain;
    }

    @Override
    public boolean isOne() {
        return false;
    }

    /** What is in the queue came when there was a way, and waits for another. */
    @Override
    public Destination destination(String domain) {
        return new Destination.Unknown("no mail leaves this server now");
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
