package dev.sobre.tls;

import dev.sobre.tls.wire.RegisteredSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a policy says of a cipher suite, and why.
 *
 * @param registered what IANA knows of it
 * @param parts its name taken apart; empty for what is no suite but a signal
 * @param offered whether the policy has it
 * @param reasons why not; empty where it is offered
 */
public record SuiteVerdict(
        String name,
        Optional<RegisteredSuite> registered,
        Optional<CipherSuite> parts,
        boolean offered,
        List<Reason> reasons) {

    /**
     * A sentence and where it comes from.
     *
     * @param source a section of an RFC, mostly
     */
    public record Reason(String words, String source) {}

    public SuiteVerdict {
        reasons = List.copyOf(reasons);
    }

    /**
     * Judges a suite.
     *
     * @param given its IANA name, the JDK's or OpenSSL's, or its number such as {@code 0x0013}
     * @throws IllegalArgumentException for what is none of these
     */
    public static SuiteVerdict of(String given, TlsPolicy policy) {
        var registered = RegisteredSuite.find(given);
        String name = registered.map(RegisteredSuite::name).orElse(given.strip());
        if (name.endsWith("_SCSV")) {
            return new SuiteVerdict(
                    name, registered, Optional.empty(), false, List.of(signal(name)));
        }
        var parts = CipherSuite.parse(name);
        boolean offered = policy.suites().contains(name);
        var reasons = offered ? List.<Reason>of() : reasons(name, parts, policy);
        return new SuiteVerdict(name, registered, Optional.of(parts), offered, reasons);
    }

    private static Reason signal(String name) {
        return name.contains("FALLBACK")
                ? new Reason(
                        "it is no suite but a client's word that it has tried a newer version in"
                                + " vain; a server that has the newer one then refuses",
                        "RFC 7507")
                : new Reason(
                        "it is no suite but a client's word that it renegotiates safely; it is"
                                + " understood, and there is no renegotiation",
                        "RFC 5746");
    }

    private static List<Reason> reasons(String name, CipherSuite parts, TlsPolicy policy) {
        var reasons = new ArrayList<Reason>();
        for (SuiteRule rule : SuiteRule.ALL) {
            if (rule.applies(name)) reasons.add(new Reason(rule.words(), rule.source()));
        }
        if (!reasons.isEmpty()) return reasons;
        boolean known = TlsPolicy.compatible().suites().contains(name);
        if (!known) {
            reasons.add(
                    new Reason("neither BoringSSL nor the JDK knows it", "what the engines offer"));
        } else if (policy.versions().contains(TlsPolicy.versionOf(name))) {
            reasons.add(
                    new Reason("it is safe, but the policy's list leaves it out", "tls.suites"));
        } else {
            String version = parts.ofTls13() ? "TLS 1.3" : "TLS 1.2";
            reasons.add(
                    new Reason(
                            "it is safe, but the policy does without " + version, "tls.versions"));
        }
        return reasons;
    }

    /** The same as lines for people. */
    public List<String> lines(String policy) {
        var lines = new ArrayList<String>();
        lines.add(line("suite", name + registered.map(SuiteVerdict::known).orElse("")));
        parts.ifPresent(
                it -> {
                    lines.add(line("  version", it.ofTls13() ? "TLS 1.3" : "TLS 1.2 or older"));
                    lines.add(line("  key exchange", it.keyExchange()));
                    lines.add(line("  authentication", it.authentication()));
                    lines.add(line("  cipher", it.cipher()));
                    lines.add(line("  mode", it.mode()));
                    lines.add(line("  hash", it.hash()));
                });
        if (registered.isEmpty()) lines.add("IANA has no suite of this name.");
        if (offered) {
            lines.add("It is offered by the policy " + policy + ".");
        } else {
            lines.add("It is not offered by the policy " + policy + ":");
            for (Reason each : reasons) lines.add("- " + each.words + " (" + each.source + ")");
        }
        return List.copyOf(lines);
    }

    private static String known(RegisteredSuite it) {
        var words = new ArrayList<String>();
        words.add(it.hex());
        if (!it.reference().isEmpty()) words.add(it.reference());
        if (!it.openSslNames().isEmpty()) {
            words.add("OpenSSL: " + String.join(", ", it.openSslNames()));
        }
        return " (" + String.join(", ", words) + ")";
    }

    private static String line(String what, String words) {
        return String.format(Locale.ROOT, "%-18s%s", what, words);
    }
}
