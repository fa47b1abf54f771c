package dev.sobre.tls;

import dev.sobre.tls.pki.Names;
import dev.sobre.tls.wire.ClientHello;
import java.util.List;

/** The identities of a server, of which each client gets the one that fits what it asks for. */
final class Identities {
    private final List<Named> all;

    private record Named(Identity identity, List<String> names) {
        boolean is(String host) {
            return names.contains(host);
        }

        boolean covers(String host) {
            return names.stream().anyMatch(pattern -> Names.matches(pattern, host));
        }
    }

    Identities(List<Identity> all) {
        this.all = all.stream().map(i -> new Named(i, Names.of(i.certificate()))).toList();
    }

    /**
     * By name, an exact one before a wildcard; among several by the signatures the client knows. An
     * unknown name gets the default: a client that cares checks the certificate anyway.
     */
    Identity choose(ClientHello hello) {
        String host = hello.serverName().orElse("");
        var exact = all.stream().filter(n -> n.is(host)).toList();
        var fitting = exact.isEmpty() ? all.stream().filter(n -> n.covers(host)).toList() : exact;
        var candidates = fitting.isEmpty() ? all.subList(0, 1) : fitting;
        return candidates.stream()
                .map(Named::identity)
                .filter(identity -> Signatures.usable(identity, hello.signatureSchemes()))
                .findFirst()
                .orElse(candidates.getFirst().identity());
    }
}
