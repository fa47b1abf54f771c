package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.mime.MessageEnvelope.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {

    /** Each address as {@code name|mailbox|host}, {@code -} where there is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "ann@example.org                    # -|ann|example.org",
                "<ann@example.org>                  # -|ann|example.org",
                "Ann <ann@example.org>              # Ann|ann|example.org",
                "\"Doe, Ann\" <ann@example.org>, bob@x # Doe, Ann|ann|example.org -|bob|x",
                "ann@example.org (Ann Doe)          # Ann Doe|ann|example.org",
                "(hi) ann (x) @ (y) example.org     # y|ann|",
                "=?utf-8?q?=C3=A4?= <a@x>           # =?utf-8?q?=C3=A4?=|a|x",
                "ann@home <ann@example.org>         # ann@home|ann|example.org",
                "<@a,@b:ann@example.org>            # -|ann|example.org",
                "\"a@b\"@example.org                # -|a@b|example.org",
                "Friends: ann@x, Bob <b@y>;, c@z    # -|Friends|- -|ann|x Bob|b|y -|-|- -|c|z",
                "undisclosed-recipients:;           # -|undisclosed-recipients|- -|-|-",
                "A: b@c                             # -|A|- -|b|c -|-|-",
                "A: B: c@d;                         # -|A|- -|c|d -|-|-",
                "ann                                # -|ann|",
                "<>                                 # -||",
                ",,,;,                              # ``",
                "Ann <ann@example.org               # Ann|ann|example.org",
                "\"Ann <ann@example.org>            # -|Ann <ann|example.org>",
            })
    void readsAddresses(String field, String expected) { // RFC 5322 §3.4
        var envelope = envelope("To: " + field + "\r\n\r\n");
        assertEquals(expected, show(envelope.to()));
    }

    @Test
    void fieldsAreUnfoldedAndOtherwiseAsTheyCame() {
        var e =
                envelope(
                        "Received: x~DATE:  Mon, 1 Jan 2024~\t00:00:00 +0000 ~Subject: =?utf-8?q?x?=~"
                                .concat("  y~Subject: second~In-Reply-To:~Message-Id: <1@x>~~")
                                .replace("~", "\r\n"));
        assertEquals(Optional.of("Mon, 1 Jan 2024\t00:00:00 +0000"), e.date());
        assertEquals(Optional.of("=?utf-8?q?x?=  y"), e.subject());
        assertEquals(Optional.of(""), e.inReplyTo());
        assertEquals(Optional.of("<1@x>"), e.messageId());
        assertEquals(Optional.empty(), envelope("A: b\r\n\r\n").subject());
    }

    @Test
    void senderAndReplyToDefaultToFrom() { // RFC 9051 §7.5.2
        var e = envelope("From: a@x\r\nReply-To:\r\n\r\n");
        assertEquals(e.from(), e.sender());
        assertEquals(e.from(), e.replyTo());
        assertEquals("-|b|y", show(envelope("From: a@x\r\nSender: b@y\r\n\r\n").sender()));
    }

    @Test
    void repeatedRecipientsAllCount() {
        assertEquals("-|a|x -|b|y", show(envelope("To: a@x\r\nTo: b@y\r\n\r\n").to()));
    }

    @Test
    void eightBitHeadersAreReadAsUtf8OrLatin1() {
        byte[] utf8 = "Subject: ä€\r\nFrom: Zoë <z@ä.example>\r\n\r\n".getBytes(UTF_8);
        var envelope = Shape.parse(utf8).envelope().orElseThrow();
        assertEquals(Optional.of("ä€"), envelope.subject());
        assertEquals("Zoë|z|ä.example", show(envelope.from()));
        byte[] latin = "Subject: \u00e4!\r\n\r\n".getBytes(ISO_8859_1);
        assertEquals(Optional.of("ä!"), Shape.parse(latin).envelope().orElseThrow().subject());
    }

    @Test
    void nulAndBareCrAreSpaces() {
        assertEquals(Optional.of("a b c"), envelope("Subject: a\0b\rc\r\n\r\n").subject());
    }

    private static MessageEnvelope envelope(String message) {
        return Shape.parse(message).envelope().orElseThrow();
    }

    private static String show(List<Mailbox> mailboxes) {
        return mailboxes.stream()
                .map(m -> show(m.name()) + "|" + show(m.mailbox()) + "|" + show(m.host()))
                .collect(Collectors.joining(" "));
    }

    private static String show(Optional<String> text) {
        return text.orElse("-");
    }
}
