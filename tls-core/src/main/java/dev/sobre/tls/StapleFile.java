package dev.sobre.tls;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.OcspAnswer;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.Staple;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The file of an OCSP response, and what of it is stapled. Lives on the thread of its watch. */
final class StapleFile {
    /** Dropped a little early: a handshake takes its time, and clocks of clients are ahead. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Path file;
    private final Consumer<IdentityEvent> events;
    private Optional<Staple> staple = Optional.empty();
    private Optional<Seen> seen = Optional.empty();

    /** What was made of a content for a certificate. */
    private record Seen(FileContent content, X509Certificate of, boolean good, boolean told) {
        boolean is(FileContent other, X509Certificate another) {
            return content.equals(other) && of.equals(another);
        }
    }

    StapleFile(Path file, Consumer<IdentityEvent> events) {
        this.file = file;
        this.events = events;
    }

    Optional<Staple> staple() {
        return staple;
    }

    /**
     * Looks at the file again.
     *
     * @param issuers who may have issued the certificate
     * @return whether the file is at rest
     */
    boolean look(X509Certificate of, List<X509Certificate> issuers, Instant now) {
        dropStale(of, now);
        var content = FileContent.of(List.of(file));
        boolean again = seen.filter(s -> s.is(content, of)).isPresent();
        if (again && seen.orElseThrow().good) return true;
        boolean told = again && seen.orElseThrow().told;
        try {
            take(OcspAnswer.read(file, of, issuers, now), told);
            boolean good = staple.isPresent();
            seen = Optional.of(new Seen(content, of, good, !good));
            return true;
        } catch (PkiException | RuntimeException e) { // what a parser did not expect
            if (again && !told) tell(Code.NOT_STAPLED, e.getMessage() + "; " + instead());
            seen = Optional.of(new Seen(content, of, false, again));
            return again;
        }
    }

    /** A response of another certificate says nothing of this one. */
    private void dropStale(X509Certificate of, Instant now) {
        if (seen.filter(s -> !s.of.equals(of)).isPresent()) staple = Optional.empty();
        if (staple.filter(s -> !s.until().isAfter(now.plus(MARGIN))).isEmpty()) return;
        tell(
                Code.NOT_STAPLED,
                "the OCSP response goes stale on "
                        + staple.orElseThrow().until()
                        + " and is stapled no more; fetch a new one");
        staple = Optional.empty();
        seen = seen.map(s -> new Seen(s.content, s.of, false, true));
    }

    private void take(OcspAnswer answer, boolean told) throws PkiException {
        switch (answer) {
            case OcspAnswer.Good good -> {
                staple = Optional.of(good.staple());
                tell(Code.STAPLED, "stapled to each handshake until " + good.staple().until());
            }
            case OcspAnswer.Revoked revoked -> {
                staple = Optional.empty();
                if (told) return;
                tell(
                        Code.REVOKED,
                        "the certificate was revoked on "
                                + revoked.since()
                                + ": clients refuse it; replace it");
            }
        }
    }

    private String instead() {
        return staple.map(s -> "the response before it is stapled on, until " + s.until())
                .orElse("nothing is stapled");
    }

    private void tell(Code code, String sentence) {
        events.accept(new IdentityEvent(code, file, sentence));
    }
}
