/**
 * The grammar of IMAP: reads commands, writes responses, and knows nothing of mailboxes or stores
 * beyond the values it writes. Public to the protocol package only; not an API for embedders.
 *
 * <p>RFC 3501 §9 (formal syntax), §5.1.3 (modified UTF-7); RFC 7888 (LITERAL+ and LITERAL-).
 */
@NullMarked
package dev.sobre.imap.wire;

import org.jspecify.annotations.NullMarked;
