package dev.sobre.mail.mime;

import dev.sobre.mail.mime.MessageEnvelope.Mailbox;
import java.util.List;

/** Makes an envelope of a message's header. */
final class EnvelopeFields {

    private EnvelopeFields() {}

    static MessageEnvelope envelope(HeaderFields header) {
        List<Mailbox> from = addresses(header, "from");
        return new MessageEnvelope(
                header.text("date"),
                header.text("subject"),
                from,
                orFrom(addresses(header, "sender"), from),
                orFrom(addresses(header, "reply-to"), from),
                addresses(header, "to"),
                addresses(header, "cc"),
                addresses(header, "bcc"),
                header.text("in-reply-to"),
                header.text("message-id"));
    }

    // RFC 9051 §7.5.2: without a sender or reply-to, the from member stands for it.
    private static List<Mailbox> orFrom(List<Mailbox> addresses, List<Mailbox> from) {
        return addresses.isEmpty() ? from : addresses;
    }

    private static List<Mailbox> addresses(HeaderFields header, String name) {
        return header.text(name).map(AddressList::parse).orElse(List.of());
    }
}
