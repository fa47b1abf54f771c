package dev.sobre.tls.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists of revoked certificates (RFC 5280 §5), from files, and from the same files again when they
 * change. Nothing is ever fetched.
 */
public final class RevocationLists {
    private static final long LARGEST_FILE = 64L << 20;
    private static final int CRL_SIGN = 6;

    private final FollowedFiles<List<SignedList>> lists;

    private RevocationLists(FollowedFiles<List<SignedList>> lists) {
        this.lists = lists;
    }

    /** What the lists say of a certificate. */
    public sealed interface Standing {
        record Good() implements Standing {}

        record Revoked(Instant on) implements Standing {}

        /** There is no list that could be asked. */
        record Unknown(String why) implements Standing {}
    }

    /** A list and the key that has proved to be its signer's. */
    private static final class SignedList {
        private final X509CRL list;
        private volatile @Nullable PublicKey signer;

        SignedList(X509CRL list) {
            this.list = list;
        }

        boolean isOf(X509Certificate issuer) {
            if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
                return false;
            if (issuer.getPublicKey().equals(signer))
                return true; // once for each list, not each time
            boolean[] usage = issuer.getKeyUsage();
            if (usage != null && !usage[CRL_SIGN]) return false;
            try {
                list.verify(issuer.getPublicKey());
                signer = issuer.getPublicKey();
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /** No lists: nobody is asked. */
    public static RevocationLists none() {
        return new RevocationLists(FollowedFiles.fixed(List.of()));
    }

    /** Reads files, each with lists in PEM or one in DER. */
    public static RevocationLists load(List<Path> files) throws PkiException {
        return new RevocationLists(
                files.isEmpty()
                        ? FollowedFiles.fixed(List.of())
                        : FollowedFiles.of(
                                "certificate revocation lists", files, RevocationLists::read));
    }

    public boolean isEmpty() {
        return lists.isFixed();
    }

    /**
     * Reads the files again where one has changed; where one is broken, the lists stay as they were
     * and the log says why. Touches the disk.
     */
    public void refresh() {
        lists.refresh();
    }

    /** What the lists say of a certificate and its issuer. Touches no disk. */
    public Standing standing(X509Certificate certificate, X509Certificate issuer, Instant at) {
        var all =
                lists.now().stream()
                        .filter(each -> each.isOf(issuer))
                        .map(each -> each.list)
                        .toList();
        String name = issuer.getSubjectX500Principal().getName();
        if (all.isEmpty()) return new Standing.Unknown("there is no revocation list of " + name);
        // Revoked stays revoked, also on a list that is out of date.
        for (X509CRL list : all) {
            X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
            if (entry != null) return new Standing.Revoked(entry.getRevocationDate().toInstant());
        }
        return all.stream().anyMatch(list -> current(list, at))
                ? new Standing.Good()
                : new Standing.Unknown(
                        "the revocation list of %s ended on %s"
                                .formatted(name, all.getFirst().getNextUpdate().toInstant()));
    }

    private static boolean current(X509CRL list, Instant at) {
        return !at.isAfter(list.getNextUpdate().toInstant());
    }

    private static List<SignedList> read(List<Path> files) throws PkiException {
        var lists = new ArrayList<SignedList>();
        try {
            for (Path file : files) {
                if (Files.size(file) > LARGEST_FILE) {
                    throw new PkiException(file + " is larger than 64 MiB");
                }
                var octets = new ByteArrayInputStream(Files.readAllBytes(file));
                var read = CertificateFactory.getInstance("X.509").generateCRLs(octets);
                if (read.isEmpty()) throw new PkiException(file + " holds no revocation list");
                for (CRL each : read) lists.add(new SignedList(usable(file, (X509CRL) each)));
            }
            return List.copyOf(lists);
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("cannot read revocation lists: " + e.getMessage(), e);
        }
    }

    /** RFC 5280 §5.2: a list with a critical extension that is not understood is not to be used. */
    private static X509CRL usable(Path file, X509CRL list) throws PkiException {
        if (list.getNextUpdate() == null) {
            throw new PkiException(file + " has a list that does not say when the next one comes");
        }
        boolean partial = critical(list.getCriticalExtensionOIDs());
        for (X509CRLEntry entry :
                Objects.requireNonNullElse(list.getRevokedCertificates(), Set.<X509CRLEntry>of())) {
            partial |= critical(entry.getCriticalExtensionOIDs());
        }
        if (partial) {
            throw new PkiException(
                    file + " has a delta, partitioned or indirect list; only whole lists are read");
        }
        return list;
    }

    private static boolean critical(@Nullable Set<String> extensions) {
        return extensions != null && !extensions.isEmpty();
    }
}
