package dev.sobre.tls.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Hellos;
import dev.sobre.tls.wire.BadHello.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hellos whole, cut, and broken. Lessons 4, 5 and 16. */
class HelloReaderTest {
    @Test
    void readsWhatAClientOffers() throws Exception {
        var hello = read(Hellos.tls13("Mail.Example.ORG", "imap", "pop3")).orElseThrow();
        assertEquals(Optional.of("mail.example.org"), hello.serverName());
        assertEquals(List.of("imap", "pop3"), hello.alpn());
        assertTrue(hello.offers(Numbers.TLS_1_3));
        assertTrue(hello.offers(Numbers.TLS_1_2));
        assertTrue(hello.suites().contains(0x1301));
        assertTrue(hello.groups().contains(0x001D));
        assertTrue(hello.signatureSchemes().contains(0x0403));
    }

    @Test
    void readsAHelloThatComesByteForByte() throws Exception {
        byte[] hello = Hellos.tls13("localhost");
        var reader = new HelloReader();
        var all = Unpooled.buffer();
        for (int i = 0; i < hello.length - 1; i++) {
            all.writeByte(hello[i]);
            assertFalse(reader.read(all).isPresent());
        }
        all.writeByte(hello[hello.length - 1]);
        assertTrue(reader.read(all).isPresent());
        assertEquals(hello.length, all.readableBytes()); // nothing was taken out
    }

    @Test
    void readsAHelloOverManyRecords() throws Exception {
        byte[] hello = Hellos.tls13("localhost");
        assertEquals(read(hello), read(Hellos.inRecords(hello, 16)));
    }

    @Test
    void refusesTooManyRecords() throws Exception {
        byte[] hello = Hellos.inRecords(Hellos.tls13("localhost"), 1);
        assertEquals(Kind.MALFORMED, refused(hello).kind());
    }

    @Test
    void refusesTooLongAHelloBeforeItIsGathered() {
        byte[] start = {22, 3, 1, 0x40, 0, 1, 0, 0x40, 1};
        assertEquals(Kind.OVERSIZED, refused(start).kind());
    }

    @Test
    void refusesAnExtensionThatComesTwice() {
        // version, random, session id, one suite, no compression, twice the extension 0x1234
        var body = Unpooled.buffer().writeShort(0x0303).writeZero(32).writeByte(0);
        body.writeShort(2).writeShort(0x1301).writeByte(1).writeByte(0).writeShort(8);
        body.writeShort(0x1234).writeShort(0).writeShort(0x1234).writeShort(0);
        var words = refused(record(body)).words();
        assertTrue(words.contains("comes twice"), words);
    }

    @Test
    void aNameThatIsNoHostNameIsNone() throws Exception {
        byte[] name = "a\r\n[forged]".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var body = Unpooled.buffer().writeShort(0x0303).writeZero(32).writeByte(0);
        body.writeShort(2).writeShort(0x1301).writeByte(1).writeByte(0);
        body.writeShort(name.length + 9).writeShort(0).writeShort(name.length + 5);
        body.writeShort(name.length + 3).writeByte(0).writeShort(name.length).writeBytes(name);
        assertEquals(Optional.empty(), read(record(body)).orElseThrow().serverName());
    }

    @Test
    void anyDamageIsABadHelloOrAHello() throws Exception {
        byte[] good = Hellos.tls13("localhost", "imap");
        var random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= round % 4; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                read(bad);
            } catch (BadHello expected) {
                assertFalse(expected.words().isEmpty());
            }
        }
    }

    private static byte[] record(ByteBuf body) {
        var record = Unpooled.buffer().writeByte(22).writeShort(0x0301);
        record.writeShort(body.readableBytes() + 4).writeByte(1).writeMedium(body.readableBytes());
        record.writeBytes(body);
        byte[] bytes = new byte[record.readableBytes()];
        record.readBytes(bytes);
        return bytes;
    }

    private static Optional<ClientHello> read(byte[] bytes) throws BadHello {
        return new HelloReader().read(Unpooled.wrappedBuffer(bytes));
    }

    private static BadHello refused(byte[] bytes) {
        return assertThrows(BadHello.class, () -> read(bytes));
    }
}
