/**
 * Keys and certificates: reading and writing them, requests, self-signed certificates, a home's own
 * certificate authority, and what is wrong with a certificate.
 *
 * <p>RFC 5280 (certificates, name constraints), RFC 2986 (requests), RFC 7468 (PEM), RFC 7292
 * (PKCS#12), RFC 5915, 5958 and 8017 (keys), RFC 1421, 7914 and 8018 (keys under a passphrase), RFC
 * 9525 (names of servers), RFC 9598 (mail addresses beyond ASCII), RFC 4514 (distinguished names as
 * text), RFC 6960 (OCSP).
 */
@NullMarked
package dev.sobre.tls.pki;

import org.jspecify.annotations.NullMarked;
