package dev.sobre.smtp.relay;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The way out for mail to other domains. */
public sealed interface Route permits Direct, Smarthost, NoWayOut {

    /** The name under which the work for a domain is grouped. */
    String lane(String domain);

    /** Whether all mail goes to the same, so that none stands in the way of another's. */
    boolean isOne();

    /** Where the mail for a domain goes. May wait. */
    Destination destination(String domain);

    /** How we log in there. */
    Optional<Smarthost.Login> login();

    /** Who may vouch for certificates; empty: the authorities that the JDK trusts. */
    List<X509Certificate> trusted();
}
