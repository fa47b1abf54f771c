package dev.sobre.line.sasl;

import dev.sobre.tls.TlsInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SASL mechanisms that one connection is offered. EXTERNAL is among them where the client has
 * shown a certificate that stands for somebody.
 *
 * @param proven the addresses that a verified certificate stands for; empty where there is none
 */
public record Mechanisms(List<String> proven) {

    public Mechanisms {
        proven = List.copyOf(proven);
    }

    public static Mechanisms of(TlsInfo tls) {
        return new Mechanisms(tls.names());
    }

    /** The names of the mechanisms, best first. */
    public List<String> names() {
        var always = List.of("PLAIN", "LOGIN");
        return proven.isEmpty()
                ? always
                : Stream.concat(Stream.of("EXTERNAL"), always.stream()).toList();
    }

    /** Begins an exchange; nothing when the mechanism (in any letter case) is not offered. */
    public Optional<SaslExchange> begin(String mechanism) {
        return switch (mechanism.toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Optional.of(new SaslExchange(new Plain.Message()));
            case "LOGIN" -> Optional.of(new SaslExchange(new Login.Name()));
            case "EXTERNAL" ->
                    Optional.of(proven)
                            .filter(names -> !names.isEmpty())
                            .map(names -> new SaslExchange(new External.Message(names)));
            default -> Optional.empty();
        };
    }
}
