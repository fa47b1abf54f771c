package dev.sobre.smtp;

import dev.sobre.mail.DeliveryId;
import dev.sobre.tls.TlsInfo;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The fields that a submission server adds to a message. */
record Trace(String host, DeliveryId delivery, Instant time) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC); // RFC 5322 §3.3

    /** RFC 5321 §4.4: Return-Path, as this server delivers finally. */
    static String returnPath(Optional<MailPath> sender) {
        return "Return-Path: <" + sender.map(MailPath::toString).orElse("") + ">\r\n";
    }

    /**
     * RFC 5321 §4.4: Received, with the protocol's name from RFC 3848.
     *
     * @param greeted the name the client gave in EHLO
     * @param utf8 whether the client asked for SMTPUTF8 (RFC 6531 §4.3)
     * @param to the recipients; one alone is named, of several none, as some may be blind copies
     */
    String received(
            String greeted,
            InetSocketAddress client,
            TlsInfo tls,
            boolean utf8,
            List<MailPath> to) {
        String literal = literal(client.getAddress());
        String protocol = utf8 ? "UTF8SMTPSA" : "ESMTPSA";
        String from =
                (Grammar.isDomain(greeted) && Grammar.isAscii(greeted))
                                || Grammar.isAddressLiteral(greeted)
                        ? greeted
                        : literal;
        String recipient = to.size() == 1 ? "\r\n\tfor <" + to.getFirst() + ">" : "";
        return ("Received: from " + from + " (" + literal + ")\r\n")
                + ("\tby "
                        + host
                        + " with "
                        + protocol
                        + " ("
                        + tls.version()
                        + " "
                        + tls.suite()
                        + ")\r\n")
                + ("\tid " + id(delivery) + recipient + ";\r\n")
                + ("\t" + DATE.format(time) + "\r\n");
    }

    /**
     * The fields of a client that are not passed on: RFC 5321 §4.4, Return-Path is the server's;
     * RFC 5322 §3.6.3, blind copies are to stay blind.
     */
    static final Set<String> DROPPED = Set.of("return-path", "bcc", "resent-bcc");

    /** The fields that {@link #missing} asks for. */
    static final Set<String> WANTED = Set.of("date", "message-id");

    /** RFC 6409 §8.2 and §8.3: what a message must have, where the client left it out. */
    String missing(Set<String> present) {
        var fields = new StringBuilder();
        if (!present.contains("date")) {
            fields.append("Date: ").append(DATE.format(time)).append("\r\n");
        }
        if (!present.contains("message-id")) {
            fields.append("Message-ID: <")
                    .append(id(delivery))
                    .append('@')
                    .append(host)
                    .append(">\r\n");
        }
        return fields.toString();
    }

    /** A delivery's id as fields and logs show it. */
    static String id(DeliveryId delivery) {
        return String.format(Locale.ROOT, "%016x%016x", delivery.high(), delivery.low());
    }

    static ByteBuffer octets(String fields) {
        return ByteBuffer.wrap(fields.getBytes(StandardCharsets.UTF_8));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", ""); // no scope
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }
}
