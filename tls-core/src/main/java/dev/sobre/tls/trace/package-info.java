/**
 * A handshake told message by message, from the bytes that go over the wire: who says what, what it
 * is for, and when keys change.
 *
 * <p>RFC 8446 §4 and §7 (TLS 1.3 and its key schedule), RFC 5246 §5 to §8 (TLS 1.2), RFC 7627
 * (extended master secret), RFC 5288 and RFC 7905 (nonces of AEAD suites).
 */
@NullMarked
package dev.sobre.tls.trace;

import org.jspecify.annotations.NullMarked;
