package dev.sobre.mail.mime;

import java.util.List;
import java.util.Optional;

/**
 * The header fields of a message that IMAP calls its ENVELOPE (RFC 9051 §7.5.2), unfolded and
 * otherwise as they came: encoded words are not decoded.
 */
public record MessageEnvelope(
        Optional<String> date,
        Optional<String> subject,
        List<Mailbox> from,
        List<Mailbox> sender,
        List<Mailbox> replyTo,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        Optional<String> inReplyTo,
        Optional<String> messageId) {

    /**
     * One address. A group starts with one that has no host, whose {@code mailbox} is the group's
     * name, and ends with one that has neither.
     */
    public record Mailbox(Optional<String> name, Optional<String> mailbox, Optional<String> host) {}

    public MessageEnvelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
