package dev.sobre.tls;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.LocalCa;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a certificate of a local authority anew, 30 days before it ends: for the same names and the
 * same key, so that one file is replaced and nobody can see half of a pair.
 */
final class Renewal {
    private static final Duration AHEAD = Duration.ofDays(30);

    private final Path authority;
    private final Path file;
    private final Consumer<IdentityEvent> events;
    private Optional<String> told = Optional.empty();

    Renewal(Path authority, Path file, Consumer<IdentityEvent> events) {
        this.authority = authority;
        this.file = file;
        this.events = events;
    }

    /** Renews what is served, if it is time and the authority's. */
    void ifDue(X509Certificate served, Instant now) {
        Instant end = served.getNotAfter().toInstant();
        if (now.plus(AHEAD).isBefore(end)) return;
        try {
            var ca = LocalCa.load(authority);
            if (!served.getIssuerX500Principal()
                    .equals(ca.certificate().getSubjectX500Principal())) {
                return; // the administrator put another one there
            }
            X509Certificate fresh = ca.renew(served);
            // An authority that ends itself cannot lengthen anything.
            if (!fresh.getNotAfter().toInstant().isAfter(end.plus(Duration.ofDays(1)))) {
                throw new PkiException(authority + " cannot make one that lasts longer");
            }
            PemFiles.writeChain(file, List.of(fresh));
            told = Optional.empty();
            events.accept(
                    new IdentityEvent(
                            Code.RENEWED,
                            file,
                            "renewed by the authority in "
                                    + authority
                                    + ", until "
                                    + fresh.getNotAfter().toInstant()));
        } catch (PkiException e) {
            String why = String.valueOf(e.getMessage());
            if (told.filter(why::equals).isPresent()) return;
            told = Optional.of(why);
            events.accept(new IdentityEvent(Code.NOT_RENEWED, file, "not renewed: " + why));
        }
    }
}
