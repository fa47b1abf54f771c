package dev.sobre.smtp;

import dev.sobre.line.Limits;
import dev.sobre.mail.Address;
import dev.sobre.mail.Recipients;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a submission server is set up.
 *
 * @param listener where it listens, and whom it lets in
 * @param hostname its name in greetings and in the fields it adds to messages
 * @param domains the domains it delivers for; none given, those of the store's accounts
 * @param subaddressSeparators the characters that each begin a subaddress, as in {@code ann+shop};
 *     empty for none
 * @param messageLimit the largest message, in octets as the client sends them
 * @param onward how mail for other domains is taken on; empty for not at all
 * @param from whose names may stand in From
 * @param recipientLimit the most recipients of one mail; RFC 5321 §4.5.3.1.8 asks for 100 at least
 */
public record SmtpSettings(
        ListenerSettings listener,
        String hostname,
        Set<String> domains,
        String subaddressSeparators,
        long messageLimit,
        int recipientLimit,
        Limits limits,
        Optional<Onward> onward,
        FromRule from) {

    private static final int AUTH_LINE = 12_288; // RFC 4954 §4

    public SmtpSettings {
        if (!Grammar.isDomain(hostname) && !Grammar.isAddressLiteral(hostname)) {
            throw new IllegalArgumentException("not a host name: " + hostname);
        }
        if (messageLimit < 64 * 1024 || recipientLimit < 100) {
            throw new IllegalArgumentException("a limit is too small for mail");
        }
        domains = domains.stream().map(Address::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** On 127.0.0.1, as {@code localhost}; messages up to 50 MiB; RFC 5321's times. */
    public static SmtpSettings onLoopback(int port) {
        return new SmtpSettings(
                ListenerSettings.on(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)),
                "localhost",
                Set.of(),
                Recipients.STANDARD_SEPARATORS,
                50L * 1024 * 1024,
                1000,
                Limits.standard()
                        .withPreLoginLine(AUTH_LINE)
                        .withLine(AUTH_LINE)
                        .withIdleTime(Duration.ofMinutes(10)), // §4.5.3.2: 5 at least
                Optional.empty(),
                FromRule.ANY);
    }

    public SmtpSettings withListener(ListenerSettings l) {
        return new SmtpSettings(
                l,
                hostname,
                domains,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                limits,
                onward,
                from);
    }

    public SmtpSettings withHostname(String name) {
        return new SmtpSettings(
                listener,
                name,
                domains,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                limits,
                onward,
                from);
    }

    public SmtpSettings withDomains(Set<String> names) {
        return new SmtpSettings(
                listener,
                hostname,
                names,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                limits,
                onward,
                from);
    }

    public SmtpSettings withSubaddressSeparators(String separators) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                separators,
                messageLimit,
                recipientLimit,
                limits,
                onward,
                from);
    }

    public SmtpSettings withMessageLimit(long octets) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                subaddressSeparators,
                octets,
                recipientLimit,
                limits,
                onward,
                from);
    }

    public SmtpSettings withRecipientLimit(int recipients) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                subaddressSeparators,
                messageLimit,
                recipients,
                limits,
                onward,
                from);
    }

    public SmtpSettings withLimits(Limits l) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                l,
                onward,
                from);
    }

    /** The same, and mail for other domains is taken on. */
    public SmtpSettings withOnward(Onward way) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                limits,
                Optional.of(way),
                from);
    }

    /** The same with a rule for the From field. */
    public SmtpSettings withFrom(FromRule rule) {
        return new SmtpSettings(
                listener,
                hostname,
                domains,
                subaddressSeparators,
                messageLimit,
                recipientLimit,
                limits,
                onward,
                rule);
    }
}
