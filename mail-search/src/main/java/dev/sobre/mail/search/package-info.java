/**
 * Finds messages: {@link dev.sobre.mail.search.Search} over any {@link dev.sobre.mail.MailStore},
 * with or without an index of their texts. What an index answers is what reading every message
 * would answer.
 *
 * <p>RFC 9051 and RFC 3501 §6.4.4 (the keys of SEARCH), RFC 5051 (i;unicode-casemap), RFC 5032
 * (OLDER, YOUNGER), RFC 7162 §3.1.5 (MODSEQ), RFC 8514 (SAVEDBEFORE and its like), RFC 8474 §6
 * (EMAILID, THREADID), RFC 5256 (SORT, THREAD), RFC 5957 (SORT=DISPLAY), RFC 6203 (SEARCH=FUZZY).
 */
@NullMarked
package dev.sobre.mail.search;

import org.jspecify.annotations.NullMarked;
