package dev.sobre.app.admin;

import dev.sobre.tls.pki.CertificateFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate as the running server serves it.
 *
 * @param stapledUntil until when an OCSP response is stapled to it, if one is
 * @param problem why its file is not what is served, if so
 */
public record ServedCertificate(
        String file,
        CertificateFacts facts,
        Optional<Instant> stapledUntil,
        Optional<String> problem) {}
