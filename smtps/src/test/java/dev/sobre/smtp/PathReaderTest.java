package dev.sobre.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as MAIL and RCPT carry them. RFC 5321 §4.1.2. */
class PathReaderTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "<ann@example.org>, ann, example.org, ann@example.org",
                "<Ann.B+c@Example.ORG>, Ann.B+c, Example.ORG, Ann.B+c@Example.ORG",
                "'<@a.example,@b.example:ann@c.example>', ann, c.example, ann@c.example",
                "<\"a b\"@example.org>, a b, example.org, \"a b\"@example.org",
                "<\"ann\"@example.org>, ann, example.org, ann@example.org",
                "<\"a\\\"b\"@example.org>, a\"b, example.org, \"a\\\"b\"@example.org",
                "<\"a@b\"@example.org>, a@b, example.org, \"a@b\"@example.org",
                "<a@[192.0.2.1]>, a, [192.0.2.1], a@[192.0.2.1]",
                "<a@[IPv6:2001:db8::1]>, a, [IPv6:2001:db8::1], a@[IPv6:2001:db8::1]",
                "< , , , ",
            })
    void readsPaths(String input, String local, String domain, String text) throws BadMessage {
        if (local == null) {
            refuses(input, 501, "5.1.7");
            return;
        }
        var reader = new PathReader("FROM:" + input, "FROM:", "5.1.7");
        assertEquals(Optional.of(new MailPath(local, domain)), reader.reversePath());
        assertEquals("", reader.rest());
        assertEquals(text, new MailPath(local, domain).toString());
    }

    @Test
    void readsWhatIsSpecial() throws BadMessage {
        assertEquals(Optional.empty(), new PathReader("from: <>", "FROM:", "").reversePath());
        assertEquals(
                new MailPath("PostMaster", ""),
                new PathReader("TO:<PostMaster>", "TO:", "").forwardPath());
        var reader = new PathReader("FROM:<a@b> SIZE=1  BODY=8BITMIME", "FROM:", "");
        assertEquals(Optional.of(new MailPath("a", "b")), reader.reversePath());
        assertEquals("SIZE=1  BODY=8BITMIME", reader.rest());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "a@b",
                "<a@b",
                "<a>",
                "<a@>",
                "<@b>",
                "<a b@c>",
                "<a@b c>",
                "<.a@b>",
                "<a.@b>",
                "<a..b@c>",
                "<a@b..c>",
                "<a@-b>",
                "<a@b_c>",
                "<a@b>SIZE=1",
                "<\"\"@b>",
                "<\"a@b>",
                "<a@[1.2.3]>",
                "<a@[1.2.3.256]>",
                "<a@[]>",
                "<@a.example ann@c.example>"
            })
    void refusesWhatIsNoPath(String input) {
        refuses(input, 501, "5.1.7");
    }

    @Test
    void refusesLongOnes() throws BadMessage {
        refuses("<" + "a".repeat(65) + "@example.org>", 501, "5.1.7");
        String domain = ("a".repeat(60) + ".").repeat(4) + "example";
        refuses("<abcdefghij@" + domain + ">", 501, "5.1.7");
        new PathReader("FROM:<" + "a".repeat(64) + "@example.org>", "FROM:", "").reversePath();
    }

    @Test // RFC 6531 §3.3
    void readsWhatIsBeyondAscii() throws BadMessage {
        for (String path : List.of("<ä@example.org>", "<a@exämple.org>", "<\"ä b\"@例え.jp>")) {
            var read = new PathReader("FROM:" + path, "FROM:", "5.1.7").reversePath().orElseThrow();
            assertFalse(read.isAscii());
            assertEquals(path, "<" + read + ">");
        }
        refuses("<a@ex…mple.org>", 501, "5.1.7"); // no letter
        refuses("<\u0085@example.org>", 501, "5.1.7");
        refuses("<" + "ä".repeat(33) + "@example.org>", 501, "5.1.7"); // 66 octets
    }

    @Test
    void noiseMakesNothingButBadMessages() {
        var random = new Random(1);
        String alphabet = "<>@:,.\"\\[] aä1-";
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder("FROM:<");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                var reader = new PathReader(text.toString(), "FROM:", "5.1.7");
                Optional<MailPath> path = reader.reversePath();
                Parameter.parse(reader.rest());
                if (path.isPresent()) again(path.get());
            } catch (BadMessage e) {
                assertEquals(5, e.reply().code() / 100);
            }
        }
    }

    private static void again(MailPath path) throws BadMessage {
        var reader = new PathReader("FROM:<" + path + ">", "FROM:", "5.1.7");
        assertEquals(Optional.of(path), reader.reversePath());
    }

    private static void refuses(String input, int code, String status) {
        var bad =
                assertThrows(
                        BadMessage.class,
                        () -> {
                            var reader = new PathReader("FROM:" + input, "FROM:", "5.1.7");
                            var _ = reader.reversePath();
                            String _ = reader.rest();
                        });
        assertEquals(code + " " + status, bad.reply().code() + " " + bad.reply().status());
    }
}
