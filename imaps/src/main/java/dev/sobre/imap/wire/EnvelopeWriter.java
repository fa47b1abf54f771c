package dev.sobre.imap.wire;

import dev.sobre.mail.mime.MessageEnvelope;
import java.util.List;

/** Writes ENVELOPE (RFC 3501 §7.4.2). */
public final class EnvelopeWriter {

    private EnvelopeWriter() {}

    public static void write(MessageEnvelope e, ImapWriter out) {
        out.put('(').nstring(e.date()).put(' ').nstring(e.subject());
        addresses(e.from(), out);
        // RFC 3501 §7.4.2: an absent or empty Sender or Reply-To is the From.
        addresses(e.sender().isEmpty() ? e.from() : e.sender(), out);
        addresses(e.replyTo().isEmpty() ? e.from() : e.replyTo(), out);
        addresses(e.to(), out);
        addresses(e.cc(), out);
        addresses(e.bcc(), out);
        out.put(' ').nstring(e.inReplyTo()).put(' ').nstring(e.messageId()).put(')');
    }

    private static void addresses(List<MessageEnvelope.Mailbox> list, ImapWriter out) {
        if (list.isEmpty()) {
            out.put(" NIL");
            return;
        }
        out.put(" (");
        for (var a : list) {
            // The second field is the source route of RFC 822, which nobody uses any more.
            out.put('(').nstring(a.name()).put(" NIL ");
            out.nstring(a.mailbox()).put(' ').nstring(a.host()).put(')');
        }
        out.put(')');
    }
}
