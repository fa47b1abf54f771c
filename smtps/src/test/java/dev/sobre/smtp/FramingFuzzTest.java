package dev.sobre.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.smtp.DataFramer.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** A message by BDAT, cut anywhere, is the message that DATA with its dots would be. */
class FramingFuzzTest {

    @FuzzTest(maxExecutions = 30_000)
    void chunksAndDotsSayTheSame(byte[] octets) throws IOException {
        if (octets.length == 0) return;
        int cut = Math.floorMod(octets[0], octets.length); // any place of the message
        String message = new String(octets, 1, octets.length - 1, ISO_8859_1);
        var chunks = new ChunkCheck();
        for (var part : parts(message, cut)) chunks.take(part);
        chunks.end();

        String dotted = (message.startsWith(".") ? "." : "") + message.replace("\r\n.", "\r\n..");
        String end = message.isEmpty() || message.endsWith("\r\n") ? "" : "\r\n";
        var framer = new DataFramer();
        var content = new ByteArrayOutputStream();
        String wire = dotted + end + ".\r\n";
        int taken = 0;
        for (var part : parts(wire, cut)) {
            if (!framer.ended()) taken += framer.take(part, run -> content.write(copy(run)));
        }
        assertTrue(framer.ended());
        assertEquals(wire.length(), taken);
        assertEquals(chunks.flaw(), framer.flaw());
        if (framer.flaw() != Flaw.NONE) return;
        assertEquals(message + end, content.toString(ISO_8859_1));
        assertEquals(header(message + end, 0), header(message + end, cut));
    }

    /** A message after the scan of its header, which adds a field and leaves one out. */
    private static String header(String message, int cut) throws IOException {
        var scan = new HeaderScan(Set.of("bcc"), Set.of("date"), seen -> "X: " + seen + "\r\n");
        var out = new ByteArrayOutputStream();
        for (var part : parts(message, cut)) scan.take(part, run -> out.write(copy(run)));
        scan.finish(run -> out.write(copy(run)));
        return out.toString(ISO_8859_1);
    }

    private static ByteBuffer[] parts(String text, int cut) {
        int at = Math.min(cut, text.length());
        return new ByteBuffer[] {
            ByteBuffer.wrap(text.substring(0, at).getBytes(ISO_8859_1)),
            ByteBuffer.wrap(text.substring(at).getBytes(ISO_8859_1))
        };
    }

    private static byte[] copy(ByteBuffer octets) {
        byte[] bytes = new byte[octets.remaining()];
        octets.duplicate().get(bytes);
        return bytes;
    }
}
