/**
 * TLS around any plain TCP service, and the other direction: everything on the event loop, no
 * thread for a connection.
 *
 * <p>RFC 8446 §6.1: close_notify on one side is the FIN of the other, each direction for itself.
 */
@NullMarked
package dev.sobre.tunnel;

import org.jspecify.annotations.NullMarked;
