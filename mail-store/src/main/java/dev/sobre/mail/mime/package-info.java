/**
 * The structure of a message, computed once at delivery: envelope, parts and where their octets
 * are.
 *
 * <p>RFC 5322, RFC 2045, RFC 2046, RFC 2183, RFC 2231; RFC 9051 §7.5.2 (ENVELOPE, BODYSTRUCTURE);
 * RFC 1847 and RFC 3030 §3 (binary parts); RFC 2047 (encoded words), RFC 5256 §2.1 (base subject),
 * RFC 8970 §3 (preview).
 */
@NullMarked
package dev.sobre.mail.mime;

import org.jspecify.annotations.NullMarked;
