package dev.sobre.mail;

import java.util.Optional;

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
        long uidValidity, long uidNext, long highestModSeq, int messages, int unseen, long octets) {

    /** Whether no messages came or went between the two. */
    public boolean holdsTheSameAs(MailboxState other) {
        return uidValidity == other.uidValidity
                && uidNext == other.uidNext
                && messages == other.messages;
    }

    /** The counters after a change of something else than messages. RFC 7162 §3.2: METADATA. */
    public MailboxState annotated() {
        return new MailboxState(uidValidity, uidNext, highestModSeq + 1, messages, unseen, octets);
    }

    /**
     * The counters of the same messages under other numbers; empty when those give a UID or a
     * MODSEQ twice.
     */
    public Optional<MailboxState> under(Numbering numbers) {
        if (numbers.uidNext() < uidNext) return Optional.empty();
        long modSeq = Math.max(highestModSeq, numbers.highestModSeq()) + 1;
        return Optional.of(
                new MailboxState(
                        numbers.uidValidity(),
                        numbers.uidNext(),
                        modSeq,
                        messages,
                        unseen,
                        octets));
    }
}
