package dev.sobre.mail;

/**
 * The counters of a mailbox at one moment.
 *
 * @param uidValidity RFC 9051 §2.3.1.1; 1 to 2^32-1
 * @param uidNext the UID the next message gets at least
 * @param highestModSeq RFC 7162 §3.1.2.1; at least 1
 * @param messages how many messages there are
 * @param unseen how many of them lack {@code \Seen}
 * @param octets their sizes together
 */
public record MailboxState(
        long uidValidity,
        long uidNext,
        long highestModSeq,
        int messages,
        int unseen,
        long octets) {}
