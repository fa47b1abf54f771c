package dev.sobre.mail.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.MimeParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MimeCodecTest {

    /** Whatever the parser makes of any octets survives being stored. */
    @Property(tries = 500)
    void roundTrip(@ForAll("messages") byte[] message) {
        MimeEntity entity = parse(message);
        assertEquals(entity, MimeCodec.decode(ByteBuffer.wrap(MimeCodec.encode(entity))));
    }

    @Property(tries = 500)
    void damageIsNeverAnythingElse(
            @ForAll("messages") byte[] message, @ForAll int where, @ForAll byte what) {
        byte[] stored = MimeCodec.encode(parse(message));
        stored[Math.floorMod(where, stored.length)] = what;
        byte[] cut = Arrays.copyOf(stored, Math.floorMod(where, stored.length));
        for (byte[] damaged : new byte[][] {stored, cut}) {
            try {
                MimeCodec.decode(ByteBuffer.wrap(damaged));
            } catch (StoreException e) {
                assertEquals(StoreException.Reason.DAMAGED, e.reason());
            }
        }
    }

    /** Parsing never throws, and parts lie inside of what holds them. */
    @Property(tries = 500)
    void partsLieInsideTheWhole(@ForAll("messages") byte[] message) {
        MimeEntity whole = parse(message);
        assertEquals(message.length, whole.end());
        check(whole);
    }

    @Test
    void aPlainMailTakesLittleRoom() {
        var mail = parse("From: a@x\r\nTo: b@y\r\nSubject: s\r\n\r\nbody\r\n".getBytes(ISO_8859_1));
        assertTrue(MimeCodec.encode(mail).length < 100);
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] stored = MimeCodec.encode(parse(new byte[0]));
        stored[0]++;
        assertThrows(StoreException.class, () -> MimeCodec.decode(ByteBuffer.wrap(stored)));
    }

    private static MimeEntity parse(byte[] message) {
        try {
            return MimeParser.parse(BlobReader.of(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(MimeEntity e) {
        assertTrue(e.headerStart() <= e.bodyStart() && e.bodyStart() <= e.end(), e::toString);
        assertTrue(e.lines() >= 0 && e.lines() <= e.bodyLength(), e::toString);
        assertTrue(!e.isMultipart() || !e.children().isEmpty(), e::toString);
        for (var child : e.children()) {
            assertTrue(e.bodyStart() <= child.headerStart() && child.end() <= e.end(), e::toString);
            check(child);
        }
    }

    @Provide
    static Arbitrary<byte[]> messages() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        "--a",
                        "--b",
                        "--",
                        " ",
                        "text",
                        "\0",
                        "ä",
                        "*",
                        "Content-Type: ",
                        "multipart/mixed; boundary=a",
                        "message/rfc822",
                        "multipart/digest; boundary=b\r\n\r\n--b\r\n",
                        "; x*0*=utf-8''%41; x*1=b",
                        "From: ",
                        "To: ",
                        "Ann <ann@example.org>",
                        "group: x;",
                        "\"",
                        "(",
                        "<",
                        "Content-Disposition: attachment; filename=x\r\n",
                        "Subject: s\r\n",
                        "Content-Language: en,de\r\n",
                        "Content-ID: <1>\r\n");
        return pieces.list().ofMaxSize(40).map(list -> String.join("", list).getBytes(ISO_8859_1));
    }
}
