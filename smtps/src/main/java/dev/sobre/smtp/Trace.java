package dev.sobre.smtp;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailDate;
import dev.sobre.tls.TlsInfo;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The fields that a submission server adds to a message. */
record Trace(String host, DeliveryId delivery, Instant time) {

    /** RFC 5321 §4.4: Return-Path, as this server delivers finally. */
    static String returnPath(Optional<MailPath> sender) {
        return "Return-Path: <" + sender.map(MailPath::toString).orElse("") + ">\r\n";
    }

    /**
     * RFC 5321 §4.4: Received, with the protocol's name from RFC 3848 or RFC 6531 §4.3, and the
     * clauses of RFC 6710 and RFC 8314 §4.3. Of several recipients none is named, as some may be
     * blind copies.
     *
     * @param client who connected; empty where that is not to be told
     */
    String received(Letter letter, TlsInfo tls, Optional<Client> client) {
        var asked = letter.asked();
        var to = letter.recipients();
        return ("Received: from " + client.map(Client::clause).orElse(host) + "\r\n")
                + ("\tby " + host + " with " + (asked.utf8() ? "UTF8SMTPSA" : "ESMTPSA"))
                + (" (" + tls.version() + ")\r\n")
                + ("\tid " + delivery.hex())
                + (to.size() == 1 ? "\r\n\tfor <" + to.getFirst().path() + ">" : "")
                + (asked.priority() == 0 ? "" : "\r\n\tpriority " + asked.priority())
                + ("\r\n\ttls " + tls.suite() + ";\r\n")
                + ("\t" + MailDate.of(time) + "\r\n");
    }

    /**
     * Who connected.
     *
     * @param greeted the name given in EHLO
     */
    record Client(String greeted, InetAddress address) {
        String clause() {
            String literal = literal(address);
            boolean named = Grammar.isDomain(greeted) && Grammar.isAscii(greeted);
            String name = named || Grammar.isAddressLiteral(greeted) ? greeted : literal;
            return name + " (" + literal + ")";
        }
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
            fields.append("Date: ").append(MailDate.of(time)).append("\r\n");
        }
        if (!present.contains("message-id")) {
            fields.append("Message-ID: <")
                    .append(delivery.hex())
                    .append('@')
                    .append(host)
                    .append(">\r\n");
        }
        return fields.toString();
    }

    static ByteBuffer octets(String fields) {
        return ByteBuffer.wrap(fields.getBytes(StandardCharsets.UTF_8));
    }

    private static String literal(InetAddress address) {
        String scoped = address.getHostAddress();
        int scope = scoped.indexOf('%');
        String text = scope < 0 ? scoped : scoped.substring(0, scope);
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }
}
