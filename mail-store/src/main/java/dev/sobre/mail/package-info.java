/**
 * Accounts, mailboxes, messages and the spool, and {@link dev.sobre.mail.MailStore}, the seam that
 * every backend fills. Knows no protocol, no TLS and no engine.
 *
 * <p>RFC 9051 (the meaning of UIDs, UIDVALIDITY, flags), RFC 7162 (MODSEQ), RFC 6154 (special use),
 * RFC 8474 (email, thread and mailbox ids), RFC 8514 (saved dates), RFC 5464 (metadata), RFC 4314
 * (rights), RFC 5233 (subaddresses), RFC 5803 and RFC 7677 (what is kept of app passwords).
 */
@NullMarked
package dev.sobre.mail;

import org.jspecify.annotations.NullMarked;
