package dev.sobre.tls;

import dev.sobre.tls.pki.FollowedFiles;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may vouch for clients, from files and from the same files again when they change: the next
 * handshake has the new ones.
 */
public final class ClientAuthorities {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private final FollowedFiles<List<X509Certificate>> all;

    private ClientAuthorities(FollowedFiles<List<X509Certificate>> all) {
        this.all = all;
    }

    /**
     * These, and no others later.
     *
     * @throws IllegalArgumentException for one that can't vouch
     */
    public static ClientAuthorities of(List<X509Certificate> authorities) {
        return new ClientAuthorities(FollowedFiles.fixed(checked(List.copyOf(authorities))));
    }

    /** Those in PEM files. */
    public static ClientAuthorities in(List<Path> files) throws PkiException {
        return new ClientAuthorities(
                FollowedFiles.of("authorities of clients", files, ClientAuthorities::read));
    }

    /** Those of now; the same list until they change. */
    List<X509Certificate> now() {
        return all.now();
    }

    boolean isFixed() {
        return all.isFixed();
    }

    /** Reads the files again where one has changed. Touches the disk. */
    void refresh() {
        all.refresh();
    }

    static boolean selfSigned(X509Certificate authority) {
        return authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal());
    }

    /** RFC 5280 §4.2.1.10. */
    static boolean constrained(X509Certificate authority) {
        return authority.getExtensionValue(NAME_CONSTRAINTS) != null;
    }

    private static List<X509Certificate> read(List<Path> files) throws PkiException {
        var found = new ArrayList<X509Certificate>();
        for (Path file : files) found.addAll(PemFiles.certificates(file));
        try {
            return checked(List.copyOf(found));
        } catch (IllegalArgumentException e) {
            throw new PkiException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<X509Certificate> checked(List<X509Certificate> authorities) {
        if (authorities.isEmpty()) throw new IllegalArgumentException("nobody may vouch");
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
        return authorities;
    }
}
