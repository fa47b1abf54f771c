/**
 * The bytes of a handshake that go by in the clear: what a client offers and what a server chooses.
 * Everything here is bounded, linear, and judges structure only; the engine judges the rest.
 *
 * <p>RFC 8446 §4.1 (hellos), §6 (alerts), RFC 5246 §7.4, RFC 6066 §3, RFC 7301, RFC 8422 §5.
 */
@NullMarked
package dev.sobre.tls.wire;

import org.jspecify.annotations.NullMarked;
