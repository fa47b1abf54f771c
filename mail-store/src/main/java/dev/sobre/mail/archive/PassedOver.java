package dev.sobre.mail.archive;

/**
 * A message, file or mailbox that was not taken.
 *
 * @param where the file, or the mailbox and UID, so that it can be found
 * @param reason in plain words
 */
public record PassedOver(String where, String reason) {}
