package dev.sobre.smtp.relay;

import dev.sobre.mail.DomainName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The mail exchangers that the DNS names (RFC 5321 §5.1): MX in the order of their preference,
 * equal ones shuffled; without any, the domain's own addresses; aliases are followed (at most 16).
 */
public final class Dns implements Exchanges {

    private static final int MOST_HOSTS = 20;

    private final Cache cache = new Cache();
    private final Resolver resolver;
    private final String ourselves;
    private final int port;

    private Dns(Resolver resolver, String ourselves, int port) {
        this.resolver = resolver;
        this.ourselves = ourselves.toLowerCase(Locale.ROOT);
        this.port = port;
    }

    /** The name servers of this machine. */
    public static Dns system(String ourselves) {
        return new Dns(timed(new ExtendedResolver()), ourselves, 25);
    }

    /**
     * Some name servers.
     *
     * @param ourselves the name under which mail would come back to us
     * @param port on which mail servers listen: 25
     */
    public static Dns at(List<InetSocketAddress> servers, String ourselves, int port) {
        var resolvers = servers.stream().map(SimpleResolver::new).toArray(Resolver[]::new);
        return new Dns(timed(new ExtendedResolver(resolvers)), ourselves, port);
    }

    private static Resolver timed(Resolver resolver) {
        resolver.setTimeout(Duration.ofSeconds(20));
        return resolver;
    }

    @Override
    public Destination of(String domain) {
        if (domain.startsWith("[")) return literal(domain);
        Lookup mx;
        try {
            mx = lookup(name(domain), Type.MX);
        } catch (TextParseException e) {
            return new Destination.Nowhere("5.1.2", domain + " can't be a domain");
        }
        return switch (mx.getResult()) {
            case Lookup.SUCCESSFUL -> exchangers(domain, mx.getAnswers());
            case Lookup.TYPE_NOT_FOUND -> byAddress(domain);
            case Lookup.HOST_NOT_FOUND -> denied("5.1.2", "there is no domain " + domain);
            default ->
                    new Destination.Unknown(
                            "the DNS does not say now where mail for "
                                    + domain
                                    + " goes: "
                                    + mx.getErrorString());
        };
    }

    private Destination exchangers(String domain, Record[] answers) {
        List<MXRecord> all = new ArrayList<>();
        for (Record each : answers) if (each instanceof MXRecord mx) all.add(mx);
        if (all.size() == 1 && all.getFirst().getTarget().equals(Name.root)) { // RFC 7505 §3
            return new Destination.Nowhere("5.1.10", domain + " takes no mail");
        }
        Collections.shuffle(all);
        all.sort(Comparator.comparingInt(MXRecord::getPriority));
        // §5.1: nobody who is no better than we are; that way mail would go round.
        var self = all.stream().filter(mx -> host(mx.getTarget()).equals(ourselves)).findFirst();
        if (self.isPresent()) {
            all.removeIf(mx -> mx.getPriority() >= self.get().getPriority());
            if (all.isEmpty()) return itself(domain);
        }
        List<Host> hosts = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        boolean later = false;
        for (MXRecord mx : all) {
            if (hosts.size() >= MOST_HOSTS) break;
            var found = addresses(mx.getTarget(), hosts);
            if (found == Lookup.TRY_AGAIN) later = true;
            if (found != Lookup.SUCCESSFUL) troubles.add(host(mx.getTarget()));
        }
        if (!hosts.isEmpty()) return new Destination.Hosts(hosts);
        String why = "no address is known of the mail servers of " + domain + ": " + troubles;
        return later ? new Destination.Unknown(why) : denied("5.4.4", why);
    }

    /** §5.1: a domain without MX is its own mail server. */
    private Destination byAddress(String domain) {
        if (domain.toLowerCase(Locale.ROOT).equals(ourselves)) return itself(domain);
        try {
            List<Host> hosts = new ArrayList<>();
            int found = addresses(name(domain), hosts);
            if (!hosts.isEmpty()) return new Destination.Hosts(hosts);
            return found == Lookup.TRY_AGAIN
                    ? new Destination.Unknown("the DNS does not say now where " + domain + " is")
                    : denied("5.1.2", domain + " has no mail server");
        } catch (TextParseException e) {
            return new Destination.Nowhere("5.1.2", domain + " can't be a domain");
        }
    }

    /**
     * What the DNS says is not there. A name server that is cut off may say so of everything; then
     * it does not know the root either.
     */
    private Destination denied(String status, String why) {
        return lookup(Name.root, Type.NS, null).getResult() == Lookup.SUCCESSFUL
                ? new Destination.Nowhere(status, why)
                : new Destination.Unknown(
                        why
                                + ", says a name server that knows no root of the DNS either: it may"
                                + " be cut off");
    }

    private static Destination itself(String domain) {
        return new Destination.Nowhere(
                "5.4.6",
                "mail for "
                        + domain
                        + " is to come to this server, which does not know that domain as its own");
    }

    /**
     * Adds the addresses of a host, says how the search went. One of IPv6 and one of IPv4 by turns:
     * only a few are tried, and whoever has but one of the two must come to it.
     */
    private int addresses(Name name, List<Host> hosts) {
        var six = lookup(name, Type.AAAA);
        var four = lookup(name, Type.A);
        var first = addresses(six);
        var second = addresses(four);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) hosts.add(at(name, first.get(i)));
            if (i < second.size()) hosts.add(at(name, second.get(i)));
        }
        if (!first.isEmpty() || !second.isEmpty()) return Lookup.SUCCESSFUL;
        boolean later = six.getResult() == Lookup.TRY_AGAIN || four.getResult() == Lookup.TRY_AGAIN;
        return later ? Lookup.TRY_AGAIN : Lookup.HOST_NOT_FOUND;
    }

    private static List<InetAddress> addresses(Lookup done) {
        List<InetAddress> all = new ArrayList<>();
        if (done.getResult() != Lookup.SUCCESSFUL) return all;
        for (Record each : done.getAnswers()) {
            switch (each) {
                case AAAARecord a -> all.add(a.getAddress());
                case ARecord a -> all.add(a.getAddress());
                default -> {}
            }
        }
        return all;
    }

    private Host at(Name name, InetAddress address) {
        return new Host(host(name), new InetSocketAddress(address, port), Security.OPPORTUNISTIC);
    }

    /** RFC 5321 §4.1.3: {@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]}. */
    private Destination literal(String domain) {
        String inside = domain.substring(1, Math.max(1, domain.length() - 1));
        String text = inside.regionMatches(true, 0, "IPv6:", 0, 5) ? inside.substring(5) : inside;
        try {
            var address = new InetSocketAddress(InetAddress.ofLiteral(text), port);
            return new Destination.Hosts(
                    List.of(new Host(domain, address, Security.OPPORTUNISTIC)));
        } catch (IllegalArgumentException e) {
            return new Destination.Nowhere("5.1.2", domain + " is no address");
        }
    }

    private Lookup lookup(Name name, int type) {
        return lookup(name, type, cache);
    }

    private Lookup lookup(Name name, int type, @Nullable Cache from) {
        var lookup = new Lookup(name, type);
        lookup.setCache(from);
        lookup.setResolver(resolver);
        lookup.setSearchPath((Name[]) null);
        lookup.run();
        return lookup;
    }

    private static Name name(String domain) throws TextParseException {
        var ascii = DomainName.ascii(domain);
        if (ascii.isEmpty()) throw new TextParseException(domain);
        return Name.fromString(ascii.get(), Name.root);
    }

    private static String host(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
