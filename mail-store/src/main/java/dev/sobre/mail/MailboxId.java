package dev.sobre.mail;

/** The identity of a mailbox within its account; it survives RENAME and is never used again. */
public record MailboxId(AccountId account, long number) {}
