package dev.sobre.tls;

import dev.sobre.tls.pki.RevocationLists;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Which client certificates hold, and for whom they stand.
 *
 * @param authorities who may vouch for clients; their names are sent along with the request
 * @param revoked what they have called back; where there is any list, each certificate below an
 *     authority needs a current one of its issuer
 * @param depth how many intermediate authorities may stand between a client and one of these
 * @param names for whom a certificate stands
 */
public record ClientTrust(
        List<X509Certificate> authorities, RevocationLists revoked, int depth, ClientNames names) {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    /** The greatest depth; what a hostile client makes us check is bounded by it. */
    public static final int DEEPEST = 8;

    public ClientTrust {
        authorities = List.copyOf(authorities);
        if (authorities.isEmpty()) throw new IllegalArgumentException("nobody may vouch");
        if (depth < 0 || depth > DEEPEST) {
            throw new IllegalArgumentException("depth is from 0 to " + DEEPEST);
        }
        for (X509Certificate each : authorities) {
            String name = each.getSubjectX500Principal().getName();
            if (each.getBasicConstraints() < 0) {
                throw new IllegalArgumentException(
                        name
                                + " is no authority (basicConstraints), so it cannot vouch for clients");
            }
            if (!selfSigned(each) && constrained(each)) {
                throw new IllegalArgumentException(
                        name
                                + " is an intermediate authority with nameConstraints; trust its root instead, so that they"
                                + " are checked");
            }
        }
    }

    static boolean selfSigned(X509Certificate authority) {
        return authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal());
    }

    /** RFC 5280 §4.2.1.10. */
    static boolean constrained(X509Certificate authority) {
        return authority.getExtensionValue(NAME_CONSTRAINTS) != null;
    }

    /** These authorities, two intermediates, no lists, names from the certificates themselves. */
    public static ClientTrust of(List<X509Certificate> authorities) {
        return new ClientTrust(authorities, RevocationLists.none(), 2, ClientNames.asWritten());
    }

    public ClientTrust withRevoked(RevocationLists lists) {
        return new ClientTrust(authorities, lists, depth, names);
    }

    public ClientTrust withDepth(int most) {
        return new ClientTrust(authorities, revoked, most, names);
    }

    public ClientTrust withNames(ClientNames other) {
        return new ClientTrust(authorities, revoked, depth, other);
    }
}
