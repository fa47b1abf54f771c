/**
 * IMAP over TLS. {@link dev.sobre.imap.ImapsServer} starts a server; one file holds one command:
 * its record, its parse and its run; {@code Verbs} is the table of them all.
 *
 * <p>RFC 3501 (IMAP4rev1), RFC 8314 (implicit TLS), RFC 7888 (LITERAL- before login, LITERAL+
 * after), RFC 4315 (UIDPLUS), RFC 2177 (IDLE), RFC 6851 (MOVE), RFC 2342 (NAMESPACE), RFC 2971
 * (ID), RFC 3691 (UNSELECT), RFC 5161 (ENABLE), RFC 6154 (SPECIAL-USE, CREATE-SPECIAL-USE), RFC
 * 3348 (CHILDREN), RFC 4959 (SASL-IR), RFC 5530 (response codes).
 *
 * <p>RFC 5258 (LIST-EXTENDED), RFC 5819 (LIST-STATUS), RFC 8438 (STATUS=SIZE), RFC 9208 (QUOTA),
 * RFC 4314 (ACL), RFC 8440 (LIST-MYRIGHTS), RFC 5464 (METADATA), RFC 9590 (LIST-METADATA).
 *
 * <p>RFC 4731 (ESEARCH), RFC 5182 (SEARCHRES), RFC 5032 (WITHIN), RFC 5255 (I18NLEVEL=1), RFC 5256
 * (SORT, THREAD), RFC 5957 (SORT=DISPLAY), RFC 5267 (ESORT, CONTEXT), RFC 7377 (MULTISEARCH).
 *
 * <p>RFC 7162 (CONDSTORE, QRESYNC), RFC 7889 (APPENDLIMIT), RFC 8474 (OBJECTID), RFC 8514
 * (SAVEDATE), RFC 8970 (PREVIEW).
 */
@NullMarked
package dev.sobre.imap;

import org.jspecify.annotations.NullMarked;
