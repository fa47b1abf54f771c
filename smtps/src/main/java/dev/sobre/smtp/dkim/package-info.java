/**
 * Signatures by which the receivers of mail know whose domain answers for it. Implements the
 * signer's side of RFC 6376 (DKIM), RFC 8301 (algorithms and lengths of keys), RFC 8463 (Ed25519).
 */
@NullMarked
package dev.sobre.smtp.dkim;

import org.jspecify.annotations.NullMarked;
