package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is declared binary becomes text, all else stays as it is or is refused. RFC 3030 §3. */
class BinaryMimeTest {

    private static final String ENCODING = "Content-Transfer-Encoding: ";

    /** In these tables {@code ~} is CRLF, {@code <} CR, {@code ^} LF and {@code 0} a NUL. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // a body to the end of the message is all of it
                "`E binary~~0~^<`              # `E base64~~AA0KCg0=~`",
                "`E binary~~`                  # `E base64~~`",
                "`E binary~`                   # `E base64~`",
                "`a: b~e BiNaRy (so)~c: d~~0~` # `a: b~E base64~c: d~~AA0K~`",
                "` binary~ E:x~E binary~~a`    # ` binary~ E:x~E base64~~YQ==~`",
                // the first of several encodings counts
                "`E binary~E 7bit~a: b~~a`     # `E base64~a: b~~YQ==~`",
                "`E 8bit~E binary~~a`          # `E 8bit~E binary~~a`",
                // what is text stays
                "``                            # ``",
                "`~`                           # `~`",
                "`a: b~~text~~no end`          # `a: b~~text~~no end`",
                "`E 8bit~~\u00fc~`             # `E 8bit~~\u00fc~`",
                "`E base64~~AA==~`             # `E base64~~AA==~`",
                "`E binary~T text/plain~~a~`   # `E base64~T text/plain~~YQ0K~`",
                // what has parts is declared 8bit
                "`T message/rfc822~E binary~~E binary~~^`"
                        + " # `T message/rfc822~E 8bit~~E base64~~Cg==~`",
                "`T message/delivery-status~E binary~~a: b~` "
                        + " # `T message/delivery-status~E 8bit~~a: b~`",
                "`T multipart/mixed~E binary~~a~` # `T multipart/mixed~E 8bit~~a~`",
            })
    void whatIsBinaryIsEncoded(String message, String text) throws IOException {
        assertEquals(text, shown(transcode(wire(message), Integer.MAX_VALUE)));
    }

    /** Parts of a multipart with the boundary b. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`--b~E binary~~0~--b--~`       # `--b~E base64~~AA==~--b--~`",
                "`--b~E binary~~0~~--b--`       # `--b~E base64~~AA0K~--b--`",
                "`--b~E binary~~--b--~`         # `--b~E base64~~--b--~`",
                "`--b~E binary~~~--b--~`        # `--b~E base64~~~--b--~`",
                "`--b~E binary~--b~~a~--b--~`   # `--b~E base64~--b~~a~--b--~`",
                "`p~--b~E binary~~a~--b \t~~a~--b--  ~e~--b~`"
                        + " # `p~--b~E base64~~YQ==~--b \t~~a~--b--  ~e~--b~`",
                // what only looks like a delimiter
                "`--b~E binary~~^--b^--b~--b--` # `--b~E base64~~Ci0tYgotLWI=~--b--`",
                "`--b~E binary~~<--b~--bc~--b-~--b--`"
                        + " # `--b~E base64~~DS0tYg0KLS1iYw0KLS1iLQ==~--b--`",
                "`--b~E binary~~<~-~--b--x~--b--` # `--b~E base64~~DQ0KLQ0KLS1iLS14~--b--`",
                "`--b~E binary~~<<~--b<~--b--`  # `--b~E base64~~DQ0NCi0tYg0=~--b--`",
                "`--b~~a~-xb~E binary~~a~--b--~` # `--b~~a~-xb~E binary~~a~--b--~`",
                // no last delimiter
                "`--b~E binary~~a~--b-`         # `--b~E base64~~YQ0KLS1iLQ==~`",
                "`--b~E binary~~a~`             # `--b~E base64~~YQ0K~`",
                "`--b~E binary~~a<`             # `--b~E base64~~YQ0=~`",
                // an outer delimiter ends what is inside
                "`--b~T multipart/mixed; boundary=c~E binary~~--c~E binary~~a~--b--~`"
                        + " # `--b~T multipart/mixed; boundary=c~E 8bit~~--c~E base64~~YQ==~--b--~`",
                "`--b~T message/rfc822~~E binary~~a~--b--~`"
                        + " # `--b~T message/rfc822~~E base64~~YQ==~--b--~`",
                "`--b~T multipart/digest; boundary=c~~--c~~E binary~~a~--c--~--b--~`"
                        + " # `--b~T multipart/digest; boundary=c~~--c~~E base64~~YQ==~--c--~--b--~`",
                "`--b~T multipart/digest; boundary=c~~--c~~~a~--b~E binary~~a~--b--~`"
                        + " # `--b~T multipart/digest; boundary=c~~--c~~~a~--b~E base64~~YQ==~--b--~`",
                // a signature is not broken
                "`--b~T multipart/signed; boundary=c~~--c~E binary~~a~--c--~--b--~`"
                        + " # `--b~T multipart/signed; boundary=c~~--c~E binary~~a~--c--~--b--~`",
            })
    void partsThatAreBinaryAreEncoded(String parts, String text) throws IOException {
        String header = "T multipart/mixed; boundary=b~~";
        assertEquals(header + text, shown(transcode(wire(header + parts), 998)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`a: b~~x0~`  # what is not declared binary has a NUL octet # false",
                "`a: b~~x^`   # what is not declared binary has a CR or LF on its own # false",
                "`a: b~~x<y~` # what is not declared binary has a CR or LF on its own # false",
                "`a: b~~x<`   # what is not declared binary has a CR or LF on its own # false",
                "`a: b^~x~`   # a header has a CR or LF on its own # false",
                "`a: 0~~x~`   # a header has a NUL octet # false",
                "`a: b~<`     # a header has a CR or LF on its own # false",
                "`a: b~~1~` # what is not declared binary has a line beyond 80 octets # false",
                "`E quoted-printable~~0` # what is not declared binary has a NUL octet # false",
                "`T message/partial~E binary~~0` # what is not declared binary has a NUL octet # false",
                "`T multipart/signed; boundary=b~~--b~E binary~~0~--b--~`"
                        + " # what is signed or encrypted has a NUL octet # true",
                "`T multipart/encrypted; boundary=b~E binary~~--b~E binary~~^`"
                        + " # what is signed or encrypted has a CR or LF on its own # true",
                "`T multipart/mixed; boundary=b~~--b~T multipart/mixed; boundary=c~~--c~~~--b--~--c~E binary~~0`"
                        + " # what is not declared binary has a NUL octet # false",
                "`T multipart/mixed; boundary=b~~^` "
                        + " # what is not declared binary has a CR or LF on its own # false",
                "`T multipart/mixed; boundary=b~~--b--~0` "
                        + " # what is not declared binary has a NUL octet # false",
            })
    void whatCannotBeTextIsRefused(String message, String why, boolean sealed) {
        var refused =
                assertThrows(
                        NotTransportable.class,
                        () -> transcode(wire(message.replace("1", "x".repeat(81))), 80));
        assertEquals(why, refused.getMessage());
        assertEquals(sealed, refused.sealed());
    }

    @Test
    void headersAreBounded() {
        String header = "a: b\r\n".repeat(50_000) + "\r\n";
        var refused =
                assertThrows(
                        NotTransportable.class,
                        () -> transcode(header.getBytes(ISO_8859_1), Integer.MAX_VALUE));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("a header is longer"));
    }

    /** However deep messages and multiparts are, what is inside is text in the end, or refused. */
    @Test
    void depthIsBounded() throws IOException {
        String message = "Content-Type: message/rfc822\r\n" + ENCODING + "binary\r\n\r\n";
        byte[] deep = (message.repeat(100) + ENCODING + "binary\r\n\r\n\0").getBytes(ISO_8859_1);
        assertText(transcode(deep, 998));
        byte[] deeper = (message.repeat(101) + ENCODING + "binary\r\n\r\n\0").getBytes(ISO_8859_1);
        assertThrows(NotTransportable.class, () -> transcode(deeper, 998));
    }

    /** Work per octet is the same for whatever looks like line ends, delimiters and parts. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void timeIsLinear() throws IOException {
        for (String worst :
                List.of(
                        "\r",
                        "\r\n",
                        "\r\n-",
                        "\r\n--",
                        "\r\n--b",
                        "\r\n--b--x",
                        "--b\r",
                        "\r\n--" + " ".repeat(574),
                        "\r\n--b\r\n",
                        "\r\n--b\r\na: b\r\n\r\n")) {
            String start = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";
            var message = (start + ENCODING + "binary\r\n\r\n").getBytes(ISO_8859_1);
            byte[] piece = worst.repeat(100_000 / worst.length()).getBytes(ISO_8859_1);
            long[] octets = {0};
            var mime = new BinaryMime(o -> octets[0] += o.remaining(), Integer.MAX_VALUE);
            mime.write(ByteBuffer.wrap(message));
            for (int i = 0; i < 40; i++) mime.write(ByteBuffer.wrap(piece));
            assertTrue(octets[0] > 3_000_000, worst);
        }
    }

    /** Each part that was binary is found again, whatever is in it and wherever it is cut. */
    @Property(tries = 400)
    void nothingIsLost(@ForAll long seed) throws IOException {
        var made = new MadeMessage(new Random(seed));
        byte[] message = made.message();
        byte[] whole = transcode(message, Integer.MAX_VALUE);
        assertText(whole);
        var parts = new ArrayList<byte[]>();
        collect(MimeParser.parse(BlobReader.of(whole)), whole, parts);
        assertEquals(made.leaves().size(), parts.size());
        for (int i = 0; i < parts.size(); i++)
            assertArrayEquals(made.leaves().get(i), parts.get(i));

        for (int cut = 0; cut <= message.length; cut++) {
            assertArrayEquals(whole, transcode(message, cut, cut));
        }
        var random = new Random(seed);
        int some = random.nextInt(message.length + 1);
        int more = some + random.nextInt(message.length + 1 - some);
        assertArrayEquals(whole, transcode(message, some, more));
    }

    /** Octets without sense are made text or refused, and never anything else. */
    @Property(tries = 1000)
    void garbageIsTextOrRefused(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        byte[] message = MadeMessage.octets(random, MadeMessage.ALL, 60);
        try {
            assertText(transcode(message, Integer.MAX_VALUE));
        } catch (NotTransportable e) {
            assertTrue(String.valueOf(e.getMessage()).contains(" has "), e.getMessage());
        }
    }

    private static void collect(MimeEntity entity, byte[] message, List<byte[]> parts)
            throws IOException {
        if (entity.children().isEmpty()) {
            long length = entity.end() - entity.bodyStart();
            try (var in =
                    DecodedOctets.of(
                            BlobReader.of(message),
                            entity.bodyStart(),
                            length,
                            entity.encoding())) {
                parts.add(in.readAllBytes());
            }
        }
        for (MimeEntity child : entity.children()) collect(child, message, parts);
    }

    private static void assertText(byte[] message) {
        String text = new String(message, ISO_8859_1);
        assertTrue(!text.contains("\0"), "NUL");
        String without = text.replace("\r\n", "");
        assertTrue(without.indexOf('\r') < 0 && without.indexOf('\n') < 0, "bare line ends");
    }

    private static byte[] transcode(byte[] message, int longestLine) throws IOException {
        return transcode(message, longestLine, 0, 0);
    }

    private static byte[] transcode(byte[] message, int cut, int cutAgain) throws IOException {
        return transcode(message, Integer.MAX_VALUE, cut, cutAgain);
    }

    private static byte[] transcode(byte[] message, int longestLine, int cut, int cutAgain)
            throws IOException {
        var out = new ByteArrayOutputStream();
        var mime =
                new BinaryMime(
                        octets -> {
                            byte[] some = new byte[octets.remaining()];
                            octets.get(some);
                            out.writeBytes(some);
                        },
                        longestLine);
        mime.write(ByteBuffer.wrap(message, 0, cut));
        mime.write(ByteBuffer.wrap(message, cut, cutAgain - cut));
        mime.write(ByteBuffer.wrap(message, cutAgain, message.length - cutAgain));
        mime.end();
        return out.toByteArray();
    }

    private static byte[] wire(String table) {
        return table.replaceAll("(?i)(^|~)E ", "$1" + ENCODING)
                .replaceAll("(^|~)T ", "$1Content-Type: ")
                .replace("~", "\r\n")
                .replace('<', '\r')
                .replace('^', '\n')
                .replace('0', '\0')
                .getBytes(ISO_8859_1);
    }

    private static String shown(byte[] text) {
        return new String(text, ISO_8859_1)
                .replace("\r\n", "~")
                .replace(ENCODING, "E ")
                .replace("Content-Type: ", "T ");
    }
}
