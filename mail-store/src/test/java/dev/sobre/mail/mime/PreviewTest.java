package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {

    /** A text/plain body, {@code ~} for a line end, and what is shown of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "Hello, Ann.~How are you?              # Hello, Ann. How are you?",
                "  a \t b~~~~c  d                      # a b c d",
                "> old~> older~new                     # new",
                "On Monday, Bob wrote:~> old~~new      # new",
                "On Monday, 1 January 2024 at 12:00, ~Bob <b@x> wrote:~> old~new # new",
                "On Monday we met.~Then more.          # On Monday we met. Then more.",
                "On and~On we go wrote:~x              # On and x",
                "Am 1.1.2024 schrieb:~> alt~neu        # neu",
                "> only~> quoted                       # > only > quoted",
                "a\u200bb\u202ec\u00add                # abcd",
                "a\u0007b                              # a b",
                "\u200c \u200c x                       # x",
                "~~                                    # ``",
            })
    void plainText(String body, String expected) {
        assertEquals(expected, preview("Content-Type: text/plain; charset=utf-8\n\n", body));
    }

    /** An HTML body and what is shown of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<p>Hello,<b>Ann</b>.</p><p>Bye.</p>   # Hello,Ann. Bye.",
                "<style>p {x}</style><title>t</title>a # a",
                "<script>if (a<b) '</scrip>'</script>a # a",
                "<!-- no > --> yes                     # yes",
                "<!DOCTYPE html><html><body>a<br>b     # a b",
                "1 < 2 &amp; 3 &gt; 2                  # 1 < 2 & 3 > 2",
                "&Auml;&ouml;&szlig;&euro;&hellip;     # Äöß€…",
                "&unknown; &; &amp                     # &unknown; &; &",
                "a&nbsp;&nbsp;&zwnj;&nbsp;b            # a b",
                "<a title=\"x > y\">link</a>           # link",
                "<td>a</td><td>b</td>                  # a b",
                "<                                     # <",
                "<style>never closed                   # ``",
            })
    void html(String body, String expected) {
        assertEquals(expected, preview("Content-Type: text/html; charset=utf-8\n\n", body));
    }

    @Test
    void numericReferences() throws IOException {
        assertEquals("Ä€\ufffd\ufffd&#;", read("&#196;&#x20aC;&#xD800;&#1114112;&#;"));
    }

    private static String read(String html) throws IOException {
        try (var text = new HtmlText(new StringReader(html))) {
            var out = new StringBuilder();
            for (int c = text.read(); c >= 0; c = text.read()) out.append((char) c);
            return out.toString();
        }
    }

    @Test
    void transferEncodingsAndCharsetsAreUndone() {
        String base64 = Base64.getMimeEncoder().encodeToString("Grüße".getBytes(UTF_8));
        String type = "Content-Type: text/plain; charset=";
        String encoding = "\nContent-Transfer-Encoding: ";
        assertEquals("Grüße", preview(type + "utf-8" + encoding + "base64\n\n", base64));
        assertEquals(
                "Gr\u00fc=",
                preview(type + "iso-8859-1" + encoding + "quoted-printable\n\n", "Gr=FC=3D"));
        assertEquals(
                "a\ufffdb", preview(type + "utf-8" + encoding + "quoted-printable\n\n", "a=FFb"));
        assertEquals(
                "Gr\u00fc",
                preview(type + "no-such-thing" + encoding + "quoted-printable\n\n", "Gr=FC"));
        assertEquals("text", preview(type + "us-ascii" + encoding + "base64\n\n", "dGV4dA=="));
        assertTrue(preview(type + "utf-8" + encoding + "base64\n\n", "%%%\u0001=").length() <= 200);
    }

    @Test
    void theFirstTextIsShownAndPlainTextOfTwoForms() {
        String html = part("text/html", "<p>html</p>");
        String plain = part("text/plain", "plain");
        assertEquals("plain", preview(multipart("alternative", html + plain), "--x--"));
        assertEquals("html", preview(multipart("mixed", html + plain), "--x--"));
        assertEquals(
                "html", preview(multipart("alternative", part("text/plain", " ") + html), "--x--"));
        assertEquals("html", preview(multipart("mixed", part("image/png", "png") + html), "--x--"));
        String attached = "--x\nContent-Type: text/plain\nContent-Disposition: attachment\n\nno\n";
        assertEquals("html", preview(multipart("mixed", attached + html), "--x--"));
        assertEquals("", preview(multipart("mixed", part("text/calendar", "BEGIN:")), "--x--"));
        assertEquals("", preview(multipart("encrypted", plain), "--x--"));
    }

    private static String multipart(String kind, String parts) {
        return "Content-Type: multipart/" + kind + "; boundary=x\n\n" + parts;
    }

    private static String part(String type, String body) {
        return "--x\nContent-Type: " + type + "\n\n" + body + "\n";
    }

    @Test
    void endsAfterTwoHundredCharacters() { // RFC 8970 §3.3
        assertEquals("😀".repeat(200), preview("\n", "😀".repeat(300)));
        assertEquals("x".repeat(199), preview("\n", "x".repeat(199) + " y"));
        assertEquals("x".repeat(198) + " y", preview("\n", "x".repeat(198) + "  yz"));
    }

    /** Whatever comes, there is one line of at most 200 characters of valid Unicode. */
    @Property(tries = 300)
    void alwaysOneShortLine(
            @ForAll
                    @StringLength(max = 2000)
                    @AlphaChars
                    @Chars({'<', '>', '&', '#', '=', '\n', '"', '\ud83d', ';', '/', ' ', '-', '!'})
                    String body) {
        for (String subtype : new String[] {"plain", "html"}) {
            for (String encoding : new String[] {"8bit", "base64", "quoted-printable"}) {
                String header = "Content-Type: text/" + subtype;
                header += "\nContent-Transfer-Encoding: " + encoding + "\n\n";
                String preview = preview(header, body);
                assertTrue(preview.codePointCount(0, preview.length()) <= 200);
                assertFalse(preview.chars().anyMatch(c -> c < ' '));
                assertEquals(preview, new String(preview.getBytes(UTF_8), UTF_8));
                assertEquals(preview.strip(), preview);
            }
        }
    }

    @Test
    void theWorstTextTakesNoLongerThanAnother() { // lessons 4, 5
        String[] worst = {
            "<".repeat(5_000_000),
            "&".repeat(5_000_000),
            "<a '".repeat(1_000_000),
            "<!--".repeat(1_000_000),
            "<style>" + "</styl>".repeat(1_000_000),
            "\n".repeat(5_000_000),
            "> ".repeat(2_000_000)
        };
        Assertions.assertTimeout(
                Duration.ofSeconds(30),
                () -> {
                    for (String body : worst) {
                        preview("Content-Type: text/html\n\n", body);
                        preview("Content-Type: text/plain\n\n", body);
                    }
                });
    }

    private static String preview(String header, String body) {
        byte[] octets = (header + body).replace("\n", "\r\n").replace("~", "\r\n").getBytes(UTF_8);
        try {
            var message = BlobReader.of(octets);
            return Preview.of(message, MimeParser.parse(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
