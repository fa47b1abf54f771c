package dev.sobre.line.sasl;

import dev.sobre.mail.Authenticator;
import dev.sobre.tls.Exporter;
import dev.sobre.tls.TlsInfo;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The SASL mechanisms that one connection is offered. EXTERNAL is among them where the client has
 * shown a certificate that stands for somebody, SCRAM-SHA-256 where the authenticator speaks it,
 * and its -PLUS where the connection can be bound (RFC 9266), that is in TLS 1.3.
 *
 * @param proven the addresses that a verified certificate stands for; empty where there is none
 * @param exporter names the connection, where it can be named
 * @param withheld names of mechanisms that are not offered here
 */
public record Mechanisms(
        List<String> proven,
        Authenticator authenticator,
        Optional<Exporter> exporter,
        Set<String> withheld) {

    /** The names of all that there are, best first. */
    public static final List<String> ALL =
            List.of("EXTERNAL", Scram.PLUS, Scram.NAME, "PLAIN", "LOGIN");

    private static final int NONCE = 18; // octets
    private static final SecureRandom RANDOM = new SecureRandom();

    public Mechanisms {
        proven = List.copyOf(proven);
        withheld = Set.copyOf(withheld);
    }

    public static Mechanisms of(TlsInfo tls, Authenticator authenticator) {
        return new Mechanisms(tls.names(), authenticator, tls.exporter(), Set.of());
    }

    /** These but for some; names in capitals. */
    public Mechanisms without(Set<String> names) {
        return new Mechanisms(proven, authenticator, exporter, names);
    }

    /** The names of the mechanisms, best first. */
    public List<String> names() {
        var names = new ArrayList<>(ALL);
        if (proven.isEmpty()) names.remove("EXTERNAL");
        if (!authenticator.speaksScram()) names.remove(Scram.NAME);
        if (!authenticator.speaksScram() || exporter.isEmpty()) names.remove(Scram.PLUS);
        names.removeAll(withheld);
        return names;
    }

    /** Whether a password may be sent as it is, under TLS. */
    public boolean takePasswords() {
        return names().contains("PLAIN") || names().contains("LOGIN");
    }

    /** Begins an exchange; nothing when the mechanism (in any letter case) is not offered. */
    public Optional<SaslExchange> begin(String mechanism) {
        String name = mechanism.toUpperCase(Locale.ROOT);
        if (!names().contains(name)) return Optional.empty();
        return switch (name) {
            case "PLAIN" -> Optional.of(new SaslExchange(new Plain.Message()));
            case "LOGIN" -> Optional.of(new SaslExchange(new Login.Name()));
            case "EXTERNAL" -> Optional.of(new SaslExchange(new External.Message(proven)));
            case Scram.NAME -> Optional.of(scram(unbound()));
            case Scram.PLUS -> exporter.flatMap(Mechanisms::bound).map(this::scram);
            default -> Optional.empty();
        };
    }

    private SaslExchange scram(Binding binding) {
        return new SaslExchange(new Scram.First(authenticator, Mechanisms::nonce, binding));
    }

    private Binding unbound() {
        return names().contains(Scram.PLUS) ? new Binding.Declined() : new Binding.Impossible();
    }

    private static Optional<Binding> bound(Exporter exporter) {
        try {
            return Optional.of(new Binding.Bound(exporter.channelBinding()));
        } catch (IllegalStateException closed) { // there is nobody to talk to any more
            return Optional.empty();
        }
    }

    private static String nonce() {
        byte[] octets = new byte[NONCE];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
