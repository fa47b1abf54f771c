package dev.sobre.app.cert;

import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.PemItem;
import java.io.PrintWriter;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** What files hold, for somebody to read. */
record ItemWords(PrintWriter out, Instant now) {

    void say(List<PemItem> items) {
        int number = 0;
        for (var item : items) {
            if (number++ > 0) out.println();
            say(item);
        }
    }

    private void say(PemItem item) {
        switch (item) {
            case PemItem.Certificate it -> {
                var facts = CertificateFacts.of(it.certificate(), now);
                row("certificate", facts.subject());
                facts.words().forEach((what, words) -> row("  " + what, words));
            }
            case PemItem.Request it -> {
                row("request", it.request().subject());
                row("  names", String.join(", ", it.request().names()));
                row("  key", CertificateFacts.key(it.request().key()) + ", which signed it");
            }
            case PemItem.Key it -> {
                String kind = it.half().map(CertificateFacts::key).orElse("unknown until opened");
                row("private key", kind);
                row("  form", it.form() + (it.locked() ? ", locked with a passphrase" : ""));
            }
            case PemItem.RevocationList it -> {
                row("revocation list", it.list().getIssuerX500Principal().getName());
                row("  revoked", revoked(it.list()) + " certificates");
                row("  made", it.list().getThisUpdate().toInstant().toString());
                nextUpdate(it.list()).ifPresent(next -> row("  next", next.toString()));
            }
            case PemItem.Other it -> row("something else", it.label());
        }
    }

    static int revoked(X509CRL list) {
        var revoked = list.getRevokedCertificates();
        return revoked == null ? 0 : revoked.size();
    }

    static Optional<Instant> nextUpdate(X509CRL list) {
        return Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant);
    }

    private void row(String what, String words) {
        out.printf("%-18s%s%n", what, words);
    }
}
