package dev.sobre.smtp;

import dev.sobre.line.Limits;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How a submission server is set up.
 *
 * @param listener where it listens, and whom it lets in
 * @param hostname its name in greetings and in the fields it adds to messages
 * @param limits what a connection may take
 * @param addressing whose addresses are whose
 * @param allowance how much a user may send
 * @param handling what is done with a mail
 */
public record SmtpSettings(
        ListenerSettings listener,
        String hostname,
        Limits limits,
        Addressing addressing,
        Allowance allowance,
        Handling handling) {

    private static final int AUTH_LINE = 12_288; // RFC 4954 §4

    public SmtpSettings {
        if (!Grammar.isDomain(hostname) && !Grammar.isAddressLiteral(hostname)) {
            throw new IllegalArgumentException("not a host name: " + hostname);
        }
    }

    /** On 127.0.0.1, as {@code localhost}; messages up to 50 MiB; RFC 5321's times. */
    public static SmtpSettings onLoopback(int port) {
        return new SmtpSettings(
                ListenerSettings.on(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)),
                "localhost",
                Limits.standard()
                        .withPreLoginLine(AUTH_LINE)
                        .withLine(AUTH_LINE)
                        .withIdleTime(Duration.ofMinutes(10)), // §4.5.3.2: 5 at least
                Addressing.standard(),
                Allowance.standard(),
                Handling.standard());
    }

    public SmtpSettings withListener(ListenerSettings l) {
        return new SmtpSettings(l, hostname, limits, addressing, allowance, handling);
    }

    public SmtpSettings withHostname(String name) {
        return new SmtpSettings(listener, name, limits, addressing, allowance, handling);
    }

    public SmtpSettings withLimits(Limits l) {
        return new SmtpSettings(listener, hostname, l, addressing, allowance, handling);
    }

    public SmtpSettings withAddressing(Addressing a) {
        return new SmtpSettings(listener, hostname, limits, a, allowance, handling);
    }

    public SmtpSettings withAllowance(Allowance a) {
        return new SmtpSettings(listener, hostname, limits, addressing, a, handling);
    }

    public SmtpSettings withHandling(Handling h) {
        return new SmtpSettings(listener, hostname, limits, addressing, allowance, h);
    }

    /** The same, and mail for other domains is taken on. */
    public SmtpSettings withOnward(Onward way) {
        return withHandling(handling.withOnward(way));
    }

    public SmtpSettings withDomains(Set<String> names) {
        return withAddressing(addressing.withDomains(names));
    }

    public SmtpSettings withSubaddressSeparators(String separators) {
        return withAddressing(addressing.withSeparators(separators));
    }

    /** The same with a rule for the From field. */
    public SmtpSettings withFrom(FromRule rule) {
        return withAddressing(addressing.withFrom(rule));
    }

    public SmtpSettings withMessageLimit(long octets) {
        return withAllowance(allowance.withOctets(octets));
    }

    public SmtpSettings withRecipientLimit(int recipients) {
        return withAllowance(allowance.withRecipients(recipients));
    }
}
