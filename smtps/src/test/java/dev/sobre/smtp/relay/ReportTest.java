package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import dev.sobre.smtp.relay.Outcome.Delivered.Told;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports of every kind, as a strict reader takes them. RFC 6522, RFC 3464, RFC 6533. */
class ReportTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String FIELD = "[A-Z][A-Za-z-]*: \\S.*";

    static Stream<Arguments> all() {
        return Stream.of(Report.Kind.values())
                .flatMap(
                        kind ->
                                Stream.of("bob@far.example", "b\u00f8b@far.example")
                                        .flatMap(
                                                to ->
                                                        Stream.of("text", "t\u00e9xt")
                                                                .map(
                                                                        text ->
                                                                                Arguments.of(
                                                                                        kind, to,
                                                                                        text))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStrictReaderUnderstandsIt(Report.Kind kind, String to, String text) throws Exception {
        byte[] octets = report(kind, to, "Subject: x\r\n\r\n" + text + "\r\n");
        var message = parse(octets);
        assertEquals("multipart/report", message.getMimeType());
        var parts = ((Multipart) message.getBody()).getBodyParts();
        boolean global = !Unitext.isAscii(to);
        String status = global ? "message/global-delivery-status" : "message/delivery-status";
        String full = global ? "message/global" : "message/rfc822";
        String header = global ? "message/global-headers" : "text/rfc822-headers";
        assertEquals(
                List.of("text/plain", status, kind == Report.Kind.FAILED ? full : header),
                parts.stream().map(Entity::getMimeType).toList());
        boolean ascii = new String(octets, StandardCharsets.UTF_8).length() == octets.length;
        String encoding = ascii ? "7bit" : "8bit"; // RFC 2045 §6.4: of the whole as of its parts
        assertEquals(encoding, message.getContentTransferEncoding());
        assertEquals(encoding, parts.getLast().getContentTransferEncoding());
    }

    /** RFC 3464 §2.1: fields of the mail, then of each recipient. */
    @ParameterizedTest
    @MethodSource("all")
    void itsFieldsAreInTheirPlaces(Report.Kind kind, String to, String text) throws Exception {
        String all = new String(report(kind, to, text), StandardCharsets.UTF_8);
        int from = all.indexOf("\r\n\r\n", all.indexOf("delivery-status\r\n")) + 4;
        String[] groups = all.substring(from, all.indexOf("\r\n--", from)).split("\r\n\r\n");
        assertEquals(2, groups.length);
        assertTrue(groups[0].contains("Reporting-MTA: dns; mail.example.org\r\n"), groups[0]);
        assertTrue(groups[1].contains("Final-Recipient: "), groups[1]);
        assertTrue(groups[1].contains("\r\nAction: " + kind.action() + "\r\n"), groups[1]);
        assertTrue(groups[1].matches("(?s).*\r\nStatus: [245]\\.\\d\\.\\d+\r\n.*"), groups[1]);
        for (String line : String.join("\r\n", groups).strip().split("\r\n")) {
            assertTrue(line.matches(FIELD), line);
        }
    }

    @ParameterizedTest // RFC 6533 §3, §4.1
    @CsvSource({
        "utf-8;\\x{F8}\\x{5C}@x, b\u00f8b@far.example, utf-8; \u00f8\\@x",
        "UTF-8;\u00f8@x, b\u00f8b@far.example, UTF-8; \u00f8@x",
        "utf-8;\\x{D800}\\x{0D}\\x{110000}, b\u00f8b@far.example, utf-8; \\x{D800}\\x{0D}\\x{110000}",
        "rfc822;\\x{F8}@x, b\u00f8b@far.example, rfc822; \\x{F8}@x",
        "utf-8;\\x{F8}\\x{5C}@x, bob@far.example, utf-8; \\x{F8}\\x{5C}@x",
        "utf-8;\u00f8@x, bob@far.example, utf-8; \\x{F8}@x"
    })
    void theOriginalRecipientIsWrittenAsTheReportIs(String said, String to, String written)
            throws Exception {
        String all = new String(report(Report.Kind.FAILED, to, said, ""), StandardCharsets.UTF_8);
        assertTrue(all.contains("\r\nOriginal-Recipient: " + written + "\r\n"), all);
    }

    private static Message parse(byte[] octets) throws Exception {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.STRICT);
        return builder.parseMessage(new ByteArrayInputStream(octets));
    }

    private static byte[] report(Report.Kind kind, String to, String original) throws Exception {
        return report(kind, to, "rfc822;a+2Bb@x", original);
    }

    private static byte[] report(Report.Kind kind, String to, String orcpt, String original)
            throws Exception {
        var outcome =
                switch (kind) {
                    case DELIVERED -> Outcome.Delivered.here();
                    case RELAYED ->
                            new Outcome.Delivered(
                                    "mx.far.example[192.0.2.7]:25",
                                    new Answer(250, List.of("2.0.0 ok", "queued\tas \u00e9")),
                                    Told.BY_US);
                    case FAILED -> new Outcome.Failed("[192.0.2.7]:25", "5.1.1", "550 5.1.1 no");
                    case DELAYED -> new Outcome.Deferred("nobody is there");
                };
        var terms =
                Terms.standard(NOW)
                        .withUtf8(true)
                        .withWishes(Set.of(Notify.FAILURE), Returned.FULL, "an id", orcpt);
        var entry = new Spool.Entry(to, "far.example", NOW, 1, "", terms);
        var lines = List.of(new Report.Line(0, entry, outcome));
        var id = new DeliveryId(1, 2);
        var report = new Report("mail.example.org", kind, id, "ann@example.org", lines, NOW);
        byte[] octets = ("Return-Path: <>\r\n" + original).getBytes(StandardCharsets.UTF_8);
        try (var body = BlobSource.Bytes.of(octets).open()) {
            return report.octets(new Outgoing(body));
        }
    }
}
