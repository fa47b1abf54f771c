/**
 * POP3 over TLS (port 995).
 *
 * <p>Implements RFC 1939 (POP3, without APOP), RFC 2449 (CAPA and response codes), RFC 3206 (AUTH
 * and SYS codes), RFC 5034 (AUTH), RFC 8314 §3.2 (implicit TLS). Apache James dispatches the
 * commands and answers the plain ones; its types stay inside this package.
 */
@NullMarked
package dev.sobre.pop3;

import org.jspecify.annotations.NullMarked;
