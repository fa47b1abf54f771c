package dev.sobre.line.sasl;

import dev.sobre.mail.Authenticator;
import dev.sobre.tls.TlsInfo;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The SASL mechanisms that one connection is offered. EXTERNAL is among them where the client has
 * shown a certificate that stands for somebody, SCRAM-SHA-256 where the authenticator speaks it.
 *
 * @param proven the addresses that a verified certificate stands for; empty where there is none
 */
public record Mechanisms(List<String> proven, Authenticator authenticator) {

    private static final int NONCE = 18; // octets
    private static final SecureRandom RANDOM = new SecureRandom();

    public Mechanisms {
        proven = List.copyOf(proven);
    }

    public static Mechanisms of(TlsInfo tls, Authenticator authenticator) {
        return new Mechanisms(tls.names(), authenticator);
    }

    /** The names of the mechanisms, best first. */
    public List<String> names() {
        var names = new ArrayList<String>();
        if (!proven.isEmpty()) names.add("EXTERNAL");
        if (authenticator.speaksScram()) names.add(Scram.NAME);
        names.addAll(List.of("PLAIN", "LOGIN"));
        return names;
    }

    /** Begins an exchange; nothing when the mechanism (in any letter case) is not offered. */
    public Optional<SaslExchange> begin(String mechanism) {
        String name = mechanism.toUpperCase(Locale.ROOT);
        if (!names().contains(name)) return Optional.empty();
        return switch (name) {
            case "PLAIN" -> Optional.of(new SaslExchange(new Plain.Message()));
            case "LOGIN" -> Optional.of(new SaslExchange(new Login.Name()));
            case "EXTERNAL" -> Optional.of(new SaslExchange(new External.Message(proven)));
            case Scram.NAME ->
                    Optional.of(
                            new SaslExchange(new Scram.First(authenticator, Mechanisms::nonce)));
            default -> Optional.empty();
        };
    }

    private static String nonce() {
        byte[] octets = new byte[NONCE];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
