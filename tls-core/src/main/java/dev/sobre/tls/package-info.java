/**
 * TLS listeners whose currency is the Netty {@code Channel}: policy, identities, tickets and the
 * handshake, shared by every service of a server.
 *
 * <p>RFC 8446 (TLS 1.3), RFC 5246 (TLS 1.2), RFC 9325 (which versions and suites), RFC 6066 §3
 * (server name), RFC 7301 (ALPN), RFC 5077 (tickets of TLS 1.2), RFC 9266 (channel binding), RFC
 * 8996 and RFC 7465 (no TLS 1.0 and 1.1, no RC4), RFC 5482 (who has vanished is noticed).
 */
@NullMarked
package dev.sobre.tls;

import org.jspecify.annotations.NullMarked;
