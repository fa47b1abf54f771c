/**
 * Mail submission over TLS (port 465).
 *
 * <p>Implements RFC 5321 (SMTP), RFC 6409 (submission), RFC 8314 §3.3 (implicit TLS), RFC 1870
 * (SIZE), RFC 2034 and RFC 3463 (enhanced status codes), RFC 2920 (PIPELINING), RFC 3030 (CHUNKING,
 * BINARYMIME), RFC 3461 (DSN), RFC 2852 (DELIVERBY), RFC 4865 (FUTURERELEASE), RFC 4954 (AUTH), RFC
 * 6152 (8BITMIME), RFC 5233 (subaddresses), RFC 6531 (SMTPUTF8). Apache James dispatches the
 * commands and answers the plain ones; its types stay inside this package.
 */
@NullMarked
package dev.sobre.smtp;

import org.jspecify.annotations.NullMarked;
