/**
 * A TLS client that shows its cards: it connects only to tell a handshake, what the encrypted
 * messages say and, if asked, how every secret came about. It stands on Bouncy Castle's TLS client
 * ({@code bctls-jdk18on}), which an embedder adds only to use this package.
 */
@NullMarked
package dev.sobre.tls.lecture;

import org.jspecify.annotations.NullMarked;
