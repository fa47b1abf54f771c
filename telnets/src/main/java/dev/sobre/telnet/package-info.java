/**
 * An administrator's TELNET over TLS: option negotiation, line editing, a login, and a table of
 * commands that the embedder gives. There is no shell and no other program behind it.
 *
 * <ul>
 *   <li>RFC 854 (TELNET), RFC 855 (options), RFC 1143 (the Q method of negotiation)
 *   <li>RFC 857 (ECHO), RFC 858 (SUPPRESS-GO-AHEAD), RFC 1073 (NAWS), RFC 1091 (TERMINAL-TYPE)
 *   <li>RFC 856 (BINARY): agreed to when the client asks
 *   <li>RFC 1408, RFC 1572 (ENVIRON, NEW-ENVIRON): refused, a client's environment is ignored
 * </ul>
 */
@NullMarked
package dev.sobre.telnet;

import org.jspecify.annotations.NullMarked;
