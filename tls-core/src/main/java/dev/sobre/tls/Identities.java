package dev.sobre.tls;

import dev.sobre.tls.pki.Names;
import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The identities of a server, of which each client gets the one that fits what it asks for. */
final class Identities {
    private final List<Identity> all;
    private final TlsPolicy policy;
    private final Map<String, List<Identity>> exact = new HashMap<>();
    private final Map<String, List<Identity>> wildcards = new HashMap<>();

    Identities(List<Identity> all, TlsPolicy policy) {
        this.policy = policy;
        this.all = List.copyOf(all);
        for (Identity identity : this.all) {
            for (String name : Names.of(identity.certificate())) add(identity, name);
        }
    }

    private void add(Identity identity, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean wild = lower.startsWith("*.");
        var names = wild ? wildcards : exact;
        var named =
                names.computeIfAbsent(wild ? lower.substring(1) : lower, n -> new ArrayList<>());
        if (!named.contains(identity)) named.add(identity);
    }

    List<Identity> all() {
        return all;
    }

    /**
     * By name, an exact one before a wildcard; among several the first whose signatures the client
     * knows. An unknown name gets the default: a client that cares checks the certificate anyway.
     */
    Identity choose(ClientHello hello) {
        var named = hello.serverName().map(this::named).orElse(List.of());
        var candidates = named.isEmpty() ? all : named;
        if (candidates.size() == 1) return candidates.getFirst();
        return candidates.stream()
                .filter(identity -> usable(identity, hello))
                .findFirst()
                .orElse(candidates.getFirst());
    }

    /** RFC 9525 §6.3: a wildcard stands for one whole label, the leftmost. */
    private List<Identity> named(String host) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int dot = plain.indexOf('.');
        var wild = dot > 0 ? wildcards.get(plain.substring(dot)) : null;
        return Stream.of(
                        exact.getOrDefault(plain, List.of()),
                        wild == null ? List.<Identity>of() : wild)
                .flatMap(List::stream)
                .toList();
    }

    private boolean usable(Identity identity, ClientHello hello) {
        if (!Signatures.usable(identity, policy, hello.signatureSchemes())) return false;
        return hello.offers(Numbers.TLS_1_3) || usableInTls12(identity, hello);
    }

    /**
     * RFC 5246 §7.4.2, RFC 8422 §5.3: in TLS 1.2 the suite names the kind of key too, and the
     * client's groups name the curves that it can verify.
     */
    private boolean usableInTls12(Identity identity, ClientHello hello) {
        var curve = Signatures.curve(identity);
        String kind = curve.isPresent() ? "_ECDHE_ECDSA_" : "_ECDHE_RSA_";
        boolean suite =
                hello.suites().stream()
                        .map(Numbers::suite)
                        .filter(policy.suites()::contains)
                        .anyMatch(name -> name.contains(kind));
        return suite
                && (curve.isEmpty()
                        || hello.groups().isEmpty()
                        || hello.groups().stream()
                                .map(Numbers::group)
                                .anyMatch(curve.get()::equals));
    }
}
