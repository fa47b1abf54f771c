package dev.sobre.mail;

/** Where a message went (the APPENDUID of RFC 4315). */
public record Appended(MailboxId mailbox, long uidValidity, long uid, long modSeq) {}
