package dev.sobre.smtp.relay;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One server that takes all our mail.
 *
 * @param login how we log in there; empty for not at all
 * @param trusted who may vouch for its certificate; empty: the authorities that the JDK trusts
 */
public record Smarthost(
        String name,
        int port,
        Security security,
        Optional<Login> login,
        List<X509Certificate> trusted)
        implements Route {

    /** Who we are there. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]"; // the password stays out of logs
        }
    }

    public Smarthost {
        trusted = List.copyOf(trusted);
        if (login.isPresent() && security == Security.OPPORTUNISTIC) {
            throw new IllegalArgumentException("a password is sent over checked TLS only");
        }
    }

    /** All destinations are one: they share its connections. */
    @Override
    public String lane(String domain) {
        return name;
    }

    @Override
    public boolean isOne() {
        return true;
    }

    @Override
    public Destination destination(String domain) {
        var address = InetSocketAddress.createUnresolved(name, port);
        return new Destination.Hosts(List.of(new Host(name, address, security)));
    }
}
