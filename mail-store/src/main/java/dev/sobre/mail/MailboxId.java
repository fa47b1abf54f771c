package dev.sobre.mail;

/** The identity of a mailbox within its account; it survives RENAME and is never used again. */
public record MailboxId(AccountId account, long number) {

    /**
     * The identity as clients see it (MAILBOXID, RFC 8474 §4): {@code F} and hexadecimal digits.
     */
    public String text() {
        return "F" + Long.toHexString(number);
    }
}
