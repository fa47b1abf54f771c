package dev.sobre.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says of one certificate, once each 30, 14, 7, 3 and 1 days ahead, that it expires; then that it
 * did.
 */
final class ExpiryWarnings {
    private static final List<Integer> DAYS = List.of(0, 1, 3, 7, 14, 30);

    private final Identity of;
    private int said = Integer.MAX_VALUE;

    ExpiryWarnings(Identity of) {
        this.of = of;
    }

    /** What is to be said now, if anything. */
    Optional<IdentityEvent> due(Path file, Instant now) {
        X509Certificate first = first();
        Instant end = first.getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        var reached =
                DAYS.stream().filter(d -> left.compareTo(Duration.ofDays(d)) <= 0).findFirst();
        if (reached.isEmpty() || reached.get() >= said) return Optional.empty();
        said = reached.get();
        String who = "the certificate of " + first.getSubjectX500Principal();
        return Optional.of(
                said == 0
                        ? new IdentityEvent(
                                IdentityEvent.Code.EXPIRED,
                                file,
                                who
                                        + " expired on "
                                        + end
                                        + ": clients refuse it; replace the file")
                        : new IdentityEvent(
                                IdentityEvent.Code.EXPIRES,
                                file,
                                who
                                        + " expires on "
                                        + end
                                        + ", in "
                                        + inWords(left)
                                        + "; replace the file, a restart is not needed"));
    }

    /** An intermediate may end before the certificate that it vouches for. */
    private X509Certificate first() {
        return of.chain().stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
    }

    private static String inWords(Duration left) {
        long days = left.toDays();
        if (days > 1) return days + " days";
        return left.toHours() + " hours";
    }
}
