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
        ClientAuthorities authorities, RevocationLists revoked, int depth, ClientNames names) {

    /** The greatest depth; what a hostile client makes us check is bounded by it. */
    public static final int DEEPEST = 8;

    public ClientTrust {
        if (depth < 0 || depth > DEEPEST) {
            throw new IllegalArgumentException("depth is from 0 to " + DEEPEST);
        }
    }

    /** These authorities, two intermediates, no lists, names from the certificates themselves. */
    public static ClientTrust of(List<X509Certificate> authorities) {
        return of(ClientAuthorities.of(authorities));
    }

    /** These authorities, two intermediates, no lists, names from the certificates themselves. */
    public static ClientTrust of(ClientAuthorities authorities) {
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

    /** Whether there is no file that could change. */
    boolean isFixed() {
        return authorities.isFixed() && revoked.isEmpty();
    }

    /** Reads the files again where one has changed. Touches the disk. */
    void refresh() {
        authorities.refresh();
        revoked.refresh();
    }
}
