package dev.sobre.mail;

/** What a message is called for ever (RFC 8474), by its UID. See {@link MailStore#ids}. */
public record MessageIds(long uid, EmailId email, ThreadId thread) {}
