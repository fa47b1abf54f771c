package dev.sobre.tls;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.Suitability;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One identity, the files it comes from, and what is wrong with them. Lives on one thread. */
final class WatchedIdentity {
    private final IdentityFiles files;
    private final Consumer<IdentityEvent> events;
    private Identity identity;
    private List<X509Certificate> issuers = List.of();
    private FileContent taken;
    private Optional<Broken> broken = Optional.empty();
    private final Optional<StapleFile> ocsp;
    private final Optional<Renewal> renewal;
    private ExpiryWarnings expiry;
    private int version;

    /** Files that do not serve: half-written, maybe, until they are seen a second time. */
    private record Broken(FileContent content, String why, boolean told) {}

    /** Reads the files for the first time. */
    WatchedIdentity(IdentityFiles files, Consumer<IdentityEvent> events, Instant now)
            throws PkiException {
        this.files = files;
        this.events = events;
        this.ocsp = files.ocsp().map(file -> new StapleFile(file, events));
        this.renewal =
                files.authority()
                        .map(authority -> new Renewal(authority, files.certificate(), events));
        this.taken = FileContent.of(files.pair());
        this.identity = read(now);
        this.expiry = new ExpiryWarnings(identity);
        served(now);
        ocsp.ifPresent(file -> takeStaple(file, now));
    }

    Identity identity() {
        return identity;
    }

    /** Another number whenever the identity, or what it staples, is another. */
    int version() {
        return version;
    }

    IdentityFiles files() {
        return files;
    }

    /** Why the files are not what is served, if so. */
    Optional<String> problem() {
        return broken.filter(Broken::told).map(Broken::why);
    }

    /**
     * Looks at the files again.
     *
     * @return whether they are at rest; where not, somebody may be writing, so look again soon
     */
    boolean look(TlsSettings settings, Instant now) {
        renewal.ifPresent(r -> r.ifDue(identity.certificate(), now));
        boolean atRest = takePair(settings, now);
        atRest &= ocsp.map(file -> takeStaple(file, now)).orElse(true);
        expiry.due(files.certificate(), now).ifPresent(events);
        return atRest;
    }

    private boolean takeStaple(StapleFile file, Instant now) {
        boolean atRest = file.look(identity.certificate(), issuers, now);
        if (file.staple().equals(identity.staple())) return atRest;
        identity = identity.withStaple(file.staple());
        version++;
        return atRest;
    }

    private boolean takePair(TlsSettings settings, Instant now) {
        var content = FileContent.of(files.pair());
        if (content.equals(taken)) {
            broken = Optional.empty(); // as it was, or again as it was
            return true;
        }
        try {
            Identity fresh = read(now);
            refuseStale(fresh, now);
            PolicyCheck.check(settings, List.of(fresh));
            taken = content;
            broken = Optional.empty();
            if (fresh.equals(identity)) return true;
            identity = fresh;
            version++;
            expiry = new ExpiryWarnings(fresh);
            served(now);
            return true;
        } catch (PkiException e) {
            return keep(content, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) { // the policy's word
            return keep(content, files.certificate() + ": " + e.getMessage());
        } catch (RuntimeException e) { // a parser that met what it did not expect
            return keep(content, files.certificate() + " cannot be used: " + e);
        }
    }

    /** What was seen broken twice is no file that somebody is still writing. */
    private boolean keep(FileContent content, String why) {
        boolean again = broken.map(b -> b.content.equals(content)).orElse(false);
        boolean told = again && broken.map(Broken::told).orElse(false);
        if (again && !told) {
            events.accept(
                    new IdentityEvent(
                            Code.KEPT,
                            files.certificate(),
                            why
                                    + "; the certificate that was read before is served on, until "
                                    + identity.certificate().getNotAfter().toInstant()));
        }
        broken = Optional.of(new Broken(content, why, again));
        return again;
    }

    private Identity read(Instant now) throws PkiException {
        KeyAndChain keys = files.read();
        var judged = Suitability.of(keys, files.issuers(), now);
        if (!judged.refusals().isEmpty()) {
            throw new PkiException(
                    files.certificate() + ": " + String.join("; ", judged.refusals()));
        }
        return Identity.of(keys);
    }

    /** An old file that was copied over a good one, mostly. */
    private void refuseStale(Identity fresh, Instant now) throws PkiException {
        Instant end = fresh.certificate().getNotAfter().toInstant();
        Instant start = fresh.certificate().getNotBefore().toInstant();
        if (now.isBefore(start)) {
            throw new PkiException(files.certificate() + " is not valid before " + start);
        }
        if (now.isAfter(end) && identity.certificate().getNotAfter().toInstant().isAfter(end)) {
            throw new PkiException(files.certificate() + " expired already, on " + end);
        }
    }

    private void served(Instant now) throws PkiException {
        issuers = files.issuers();
        var facts = CertificateFacts.of(identity.certificate(), now);
        Path file = files.certificate();
        events.accept(
                new IdentityEvent(
                        Code.SERVED,
                        file,
                        "serves %s (%s), valid until %s (%d days)"
                                .formatted(
                                        facts.names().isEmpty()
                                                ? facts.subject()
                                                : String.join(", ", facts.names()),
                                        facts.key(),
                                        facts.notAfter(),
                                        facts.daysLeft())));
        for (String odd : Suitability.of(identity.keys(), issuers, now).warnings()) {
            events.accept(new IdentityEvent(Code.ODD, file, odd));
        }
    }
}
