package dev.sobre.tls;

import java.util.List;

/**
 * What a {@link TlsContext} is made of.
 *
 * @param policy versions, suites and groups
 * @param identities who the server is; the first is the default where the client names nobody
 */
public record TlsSettings(TlsPolicy policy, List<Identity> identities) {

    public TlsSettings {
        identities = List.copyOf(identities);
        if (identities.isEmpty()) throw new IllegalArgumentException("TLS needs an identity");
    }

    /** The standard policy for one identity. */
    public static TlsSettings of(Identity identity) {
        return new TlsSettings(TlsPolicy.standard(), List.of(identity));
    }

    public TlsSettings withPolicy(TlsPolicy other) {
        return new TlsSettings(other, identities);
    }

    public TlsSettings withIdentities(List<Identity> others) {
        return new TlsSettings(policy, others);
    }
}
