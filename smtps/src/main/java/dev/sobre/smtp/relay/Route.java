package dev.sobre.smtp.relay;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The way out for mail to other domains. */
public sealed interface Route permits Direct, Smarthost, NoWayOut {

    /** The name under which the work for a domain is grouped. */
    String lane(String domain);

    /** Whether all mail goes to the same, so that none stands in the way of another's. */
    default boolean isOne() {
        return false;
    }

    /** Where the mail for a domain goes. May wait. */
    Destination destination(String domain);

    /** How we log in there; empty for not at all. */
    default Optional<Smarthost.Login> login() {
        return Optional.empty();
    }

    /** Who may vouch for certificates; empty: the authorities that the JDK trusts. */
    default List<X509Certificate> trusted() {
        return List.of();
    }
}
