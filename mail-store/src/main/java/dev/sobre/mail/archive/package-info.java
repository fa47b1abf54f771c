/**
 * A way out and a way in: an account's mail in files that other programs read, Maildir++ or mbox
 * (RFC 4155, in the mboxrd form), with UIDs, flags, keywords and dates. Works on any {@link
 * dev.sobre.mail.MailStore}; bodies are streamed.
 */
@NullMarked
package dev.sobre.mail.archive;

import org.jspecify.annotations.NullMarked;
