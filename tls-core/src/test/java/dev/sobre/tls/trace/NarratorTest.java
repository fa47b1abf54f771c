package dev.sobre.tls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.Hellos;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the two say, it is told, and the telling ends. */
class NarratorTest {
    private static final int SERVER_HELLO_13 = 2;

    @Test
    void aHelloIsTheSameInHoweverManyPieces() throws Exception {
        byte[] hello = Hellos.tls13("mail.example.org", "imap");
        var whole = Narrator.ofTheWire();
        hear(whole, Side.CLIENT, hello);
        var pieces = Narrator.ofTheWire();
        for (byte b : Hellos.inRecords(hello, 7)) hear(pieces, Side.CLIENT, b);
        assertEquals(facts(whole), facts(pieces));
        assertTrue(facts(whole).contains("mail.example.org"), facts(whole));
        assertTrue(facts(whole).contains("protocols (ALPN)=imap"), facts(whole));
    }

    @Test
    void keyUpdateAndAlertsOfWhoOpensRecords() throws Exception {
        var narrator = Narrator.ofBothEnds();
        hear(narrator, Side.CLIENT, Hellos.tls13("localhost"));
        hear(narrator, Side.SERVER, record(22, serverHello()));
        narrator.opened(Side.SERVER, 22, new byte[] {24, 0, 0, 1, 1}, 22);
        narrator.opened(Side.CLIENT, 21, new byte[] {2, 48}, 19);
        var last = narrator.story().steps().reversed();
        assertEquals("Alert unknown_ca", last.get(0).name());
        assertEquals("KeyUpdate", last.get(1).name());
        assertTrue(last.get(1).sentence().contains("asks the other"), last.get(1).sentence());
    }

    @Test
    void encryptedRecordsStayClosedAndAreCountedTogether() throws Exception {
        var narrator = Narrator.ofTheWire();
        hear(narrator, Side.CLIENT, Hellos.tls13("localhost"));
        hear(narrator, Side.SERVER, record(22, serverHello()));
        for (int i = 0; i < 1_000; i++) hear(narrator, Side.SERVER, record(23, new byte[100]));
        var steps = narrator.story().steps();
        assertEquals(
                List.of("ClientHello", "ServerHello", "encrypted records"),
                steps.stream().map(Step::name).toList());
        assertEquals(105_000, steps.getLast().bytes());
    }

    @Test
    void nothingThatIsSaidBreaksIt() throws Exception {
        var random = new Random(5246);
        byte[] client = Hellos.tls13("mail.example.org", "imap");
        for (int round = 0; round < 400; round++) {
            var narrator = random.nextBoolean() ? Narrator.ofTheWire() : Narrator.ofBothEnds();
            hear(narrator, Side.CLIENT, changed(client, random));
            hear(narrator, Side.SERVER, changed(record(22, serverHello()), random));
            for (int type = 0; type < 26; type++) {
                byte[] message = new byte[4 + random.nextInt(120)];
                random.nextBytes(message);
                message[0] = (byte) type;
                message[1] = 0;
                message[2] = 0;
                message[3] = (byte) (message.length - 4);
                Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
                hear(narrator, side, record(22, message));
                narrator.opened(side, 22, message, message.length);
            }
            assertFalse(narrator.story().lines().isEmpty());
        }
    }

    @Test
    void whatEndsInATerminalIsPrintable() throws Exception {
        var narrator = Narrator.ofTheWire();
        byte[] hello = Hellos.tls13("mail.example.org", "imap");
        for (int i = 0; i + 4 < hello.length; i++) {
            boolean name = hello[i] == 'i' && hello[i + 1] == 'm' && hello[i + 2] == 'a';
            if (name) hello[i] = 0x1B; // an escape sequence begins so
        }
        hear(narrator, Side.CLIENT, hello);
        String all = String.join("\n", narrator.story().lines());
        assertTrue(all.contains("?map"), all);
        assertTrue(all.chars().noneMatch(c -> c < ' ' && c != '\n'), all);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < 4; i++) {
            copy[5 + random.nextInt(copy.length - 5)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static byte[] serverHello() {
        byte[] body =
                HexFormat.of()
                        .parseHex(
                                "0303"
                                        + "11".repeat(32)
                                        + "00130100002e002b0002030400330024001d0020"
                                        + "22".repeat(32));
        byte[] message = new byte[4 + body.length];
        message[0] = SERVER_HELLO_13;
        message[3] = (byte) body.length;
        System.arraycopy(body, 0, message, 4, body.length);
        return message;
    }

    private static byte[] record(int type, byte[] content) {
        byte[] record = new byte[5 + content.length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (content.length >> 8);
        record[4] = (byte) content.length;
        System.arraycopy(content, 0, record, 5, content.length);
        return record;
    }

    private static void hear(Narrator narrator, Side side, byte... bytes) {
        narrator.wire(side, Unpooled.wrappedBuffer(bytes));
    }

    private static String facts(Narrator narrator) {
        var text = new StringBuilder();
        for (Step step : narrator.story().steps()) {
            step.facts()
                    .forEach(f -> text.append(f.name()).append('=').append(f.value()).append('\n'));
        }
        return text.toString();
    }
}
