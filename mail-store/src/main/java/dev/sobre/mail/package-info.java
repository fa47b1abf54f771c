/**
 * Accounts, mailboxes, messages and the spool, and {@link dev.sobre.mail.MailStore}, the seam that
 * every backend fills. Knows no protocol, no TLS and no engine.
 *
 * <p>RFC 9051 (the meaning of UIDs, UIDVALIDITY, flags), RFC 7162 (MODSEQ), RFC 6154 (special use).
 */
@NullMarked
package dev.sobre.mail;

import org.jspecify.annotations.NullMarked;
