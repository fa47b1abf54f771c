/**
 * Mail that leaves: takes what is due from the store's spool, hands it to the next server, tries
 * again what was put off, and tells the sender what became of it.
 *
 * <p>Implements the client's side of RFC 5321 (SMTP; §5 finding the target host), RFC 1870 (SIZE),
 * RFC 2852 (DELIVERBY), RFC 2920 (PIPELINING), RFC 3207 (STARTTLS), RFC 3461 (DSN), RFC 3464
 * (delivery reports), RFC 4865 (FUTURERELEASE), RFC 4954 (AUTH), RFC 6152 (8BITMIME), RFC 6531
 * (SMTPUTF8), RFC 6533 (reports of it), RFC 6710 (MT-PRIORITY), RFC 7505 (null MX).
 */
@NullMarked
package dev.sobre.smtp.relay;

import org.jspecify.annotations.NullMarked;
