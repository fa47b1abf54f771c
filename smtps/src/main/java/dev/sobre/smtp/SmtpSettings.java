package dev.sobre.smtp;

import dev.sobre.line.Limits;
import dev.sobre.line.sasl.Mechanisms;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a submission server is set up.
 *
 * @param listener where it listens, and whom it lets in
 * @param hostname its name in greetings and in the fields it adds to messages
 * @param limits what a connection may take
 * @param addressing whose addresses are whose
 * @param allowance how much a user may send
 * @param handling what is done with a mail
 * @param withheld SASL mechanisms that are not offered, by which some mail program fails; PLAIN
 *     always is
 */
public record SmtpSettings(
        ListenerSettings listener,
        String hostname,
        Limits limits,
        Addressing addressing,
        Allowance allowance,
        Handling handling,
        Set<String> withheld) {

    private static final int AUTH_LINE = 12_288; // RFC 4954 §4

    public SmtpSettings {
        if (!Grammar.isDomain(hostname) && !Grammar.isAddressLiteral(hostname)) {
            throw new IllegalArgumentException("not a host name: " + hostname);
        }
        withheld =
                withheld.stream()
                        .map(name -> name.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        if (!mechanisms().containsAll(withheld)) {
            throw new IllegalArgumentException("mechanisms that can be withheld: " + mechanisms());
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
                Handling.standard(),
                Set.of());
    }

    /** The SASL mechanisms that can be withheld. */
    public static List<String> mechanisms() {
        return Mechanisms.ALL.stream().filter(name -> !name.equals("PLAIN")).toList();
    }

    public SmtpSettings withListener(ListenerSettings l) {
        return new SmtpSettings(l, hostname, limits, addressing, allowance, handling, withheld);
    }

    public SmtpSettings withHostname(String name) {
        return new SmtpSettings(listener, name, limits, addressing, allowance, handling, withheld);
    }

    public SmtpSettings withLimits(Limits l) {
        return new SmtpSettings(listener, hostname, l, addressing, allowance, handling, withheld);
    }

    public SmtpSettings withAddressing(Addressing a) {
        return new SmtpSettings(listener, hostname, limits, a, allowance, handling, withheld);
    }

    public SmtpSettings withAllowance(Allowance a) {
        return new SmtpSettings(listener, hostname, limits, addressing, a, handling, withheld);
    }

    public SmtpSettings withHandling(Handling h) {
        return new SmtpSettings(listener, hostname, limits, addressing, allowance, h, withheld);
    }

    /** The same without some mechanisms. */
    public SmtpSettings withheld(Set<String> names) {
        return new SmtpSettings(listener, hostname, limits, addressing, allowance, handling, names);
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
