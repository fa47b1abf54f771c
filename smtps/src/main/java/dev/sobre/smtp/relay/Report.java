package dev.sobre.smtp.relay;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailDate;
import dev.sobre.mail.Sha256;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A report to the sender of one mail: words for people, fields for programs (RFC 3464), and what of
 * the mail goes back (RFC 3461 §6.2). Where an address is beyond ASCII it is one of RFC 6533.
 *
 * @param lines at least one, all of one mail
 */
record Report(
        String hostname, Kind kind, DeliveryId mail, String sender, List<Line> lines, Instant now) {

    /** What became of the mail for one recipient. */
    record Line(int number, Entry entry, Outcome outcome) {}

    private static final int LARGEST_RETURNED = 1 << 20;
    private static final int LARGEST_HEADER = 64 << 10;

    /** What is reported. */
    enum Kind {
        /** It is in its mailbox here. */
        DELIVERED(Notify.SUCCESS, "delivered", "has arrived", "Your mail has arrived"),
        /** It has left for a server that sends no report itself (RFC 3461 §5.2.2). */
        RELAYED(Notify.SUCCESS, "relayed", "was handed on", "Your mail has left"),
        FAILED(Notify.FAILURE, "failed", "could not be delivered", "Your mail did not arrive"),
        DELAYED(
                Notify.DELAY,
                "delayed",
                "could not be delivered yet; you need not send it again",
                "Your mail is late");

        private final Notify notify;
        private final String action;
        private final String words;
        private final String subject;

        Kind(Notify notify, String action, String words, String subject) {
            this.notify = notify;
            this.action = action;
            this.words = words;
            this.subject = subject;
        }

        /** The word of RFC 3464 §2.3.3. */
        String action() {
            return action;
        }

        boolean isWanted(Line line) {
            Terms terms = line.entry.terms();
            if (!(line.outcome instanceof Outcome.Delivered d)) return terms.tells(notify);
            return switch (d.told()) {
                case BY_US -> terms.tells(notify);
                case BY_THEM -> false;
                case BY_US_ANYWAY -> !terms.tellOf().contains(Notify.NEVER);
            };
        }
    }

    /** The same for the same report, also after a crash. */
    DeliveryId id() {
        var what = ByteBuffer.allocate(32);
        what.putLong(mail.high()).putLong(mail.low());
        what.putInt(lines.getFirst().number).putInt(kind.action.hashCode());
        // There may be a second one of a delay: our time for it was over, then the sender's.
        Instant warn = lines.getFirst().entry.terms().warn();
        if (kind == Kind.DELAYED) what.putLong(warn.getEpochSecond());
        return DeliveryId.of(Sha256.fresh().digest(what.array()));
    }

    /** The whole message, in CRLF form. */
    byte[] octets(Outgoing original) throws IOException {
        Terms terms = lines.getFirst().entry.terms();
        boolean full =
                kind == Kind.FAILED
                        && terms.returned() == Returned.FULL
                        && original.length() <= LARGEST_RETURNED;
        return octets(original.start(full ? LARGEST_RETURNED : LARGEST_HEADER, !full), full);
    }

    /** The same of a mail that can't be read any more: nothing of it goes back. */
    byte[] octets() {
        return octets(new byte[0], false);
    }

    private byte[] octets(byte[] returned, boolean full) {
        String boundary = "report-" + id().hex();
        String words = words();
        String encoding =
                isAscii(returned) && Unitext.isAscii(words) && !global() ? "7bit" : "8bit";
        var out = new ByteArrayOutputStream(returned.length + 4096);
        write(out, header(boundary, encoding));
        write(out, part(boundary, "text/plain; charset=utf-8", encoding) + words);
        String status = global() ? "message/global-delivery-status" : "message/delivery-status";
        write(out, part(boundary, status, global() ? "8bit" : "7bit"));
        write(out, new DeliveryStatus(this).text());
        String type =
                full
                        ? (global() ? "message/global" : "message/rfc822")
                        : (global() ? "message/global-headers" : "text/rfc822-headers");
        write(out, part(boundary, type, encoding));
        out.writeBytes(returned);
        write(out, "\r\n--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private String header(String boundary, String encoding) {
        // Of the sender's own domain, which is ours: our host name may be no domain that has mail.
        String domain = sender.substring(sender.lastIndexOf('@') + 1);
        return "Return-Path: <>\r\n"
                + ("From: Mail Delivery <postmaster@" + domain + ">\r\n")
                + ("To: <" + sender + ">\r\n")
                + ("Subject: " + kind.subject + "\r\n")
                + ("Date: " + MailDate.of(now) + "\r\n")
                + ("Message-ID: <" + id().hex() + "@" + hostname + ">\r\n")
                + "Auto-Submitted: auto-replied\r\n" // RFC 3834 §5
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status;\r\n"
                + ("\tboundary=\"" + boundary + "\"\r\n")
                + ("Content-Transfer-Encoding: " + encoding + "\r\n\r\n") // RFC 2045 §6.4
                + "This is a report in several parts, as RFC 3464 has it.\r\n";
    }

    private static String part(String boundary, String type, String encoding) {
        return "\r\n--"
                + boundary
                + "\r\nContent-Type: "
                + type
                + "\r\nContent-Transfer-Encoding: "
                + encoding
                + "\r\n\r\n";
    }

    private String words() {
        var text = new StringBuilder();
        text.append("This is the mail server ").append(hostname).append(".\r\n\r\n");
        text.append("Your mail ").append(kind.words).append(":\r\n");
        for (Line line : lines) {
            text.append("\r\n  <").append(line.entry.recipient()).append(">\r\n");
            text.append("    ").append(clean(line.outcome.why())).append("\r\n");
        }
        if (kind == Kind.DELAYED) {
            Instant until = lines.getFirst().entry.terms().expires();
            text.append("\r\nIt is tried again until ").append(MailDate.of(until)).append(".\r\n");
        }
        return text.toString();
    }

    /** Whether it is of RFC 6533: an address in it is beyond ASCII. */
    boolean global() {
        return !Unitext.isAscii(sender)
                || lines.stream().anyMatch(l -> !Unitext.isAscii(l.entry.recipient()));
    }

    static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 800 ? line.substring(0, 800) : line;
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) if (octet < 0) return false;
        return true;
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
