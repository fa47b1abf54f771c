package dev.sobre.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is sent of a body, however it is cut. */
class DownloadTest {

    private static final long ALL = Long.MAX_VALUE;

    @Test
    void stuffsDots() throws IOException {
        sends("a: b\r\n\r\n.\r\n..x\r\n", ALL, "a: b\r\n\r\n..\r\n...x\r\n");
        sends(".a\r\n", ALL, "..a\r\n");
        sends("", ALL, "");
    }

    @Test
    void endsTheLastLine() throws IOException {
        sends("a", ALL, "a\r\n");
        sends("a\r", ALL, "a\r\n");
        sends(".", ALL, "..\r\n");
    }

    @Test
    void everyClientSeesTheSameLines() throws IOException {
        sends("a\n.\n\nb\r\n", ALL, "a\r\n..\r\n\r\nb\r\n");
        sends("a\r.\r\n", ALL, "a\r.\r\n"); // a CR on its own ends no line for anybody
        sends("a\r\r\n.b", ALL, "a\r\r\n..b\r\n");
    }

    @Test
    void cutsAfterLines() throws IOException {
        String mail = "a: b\r\nc: d\r\n\r\none\r\n\r\n.three\r\nfour";
        sends(mail, 0, "a: b\r\nc: d\r\n\r\n");
        sends(mail, 1, "a: b\r\nc: d\r\n\r\none\r\n");
        sends(mail, 3, "a: b\r\nc: d\r\n\r\none\r\n\r\n..three\r\n");
        sends(mail, 9, "a: b\r\nc: d\r\n\r\none\r\n\r\n..three\r\nfour\r\n");
        sends("a: b\n\none\ntwo\n", 1, "a: b\r\n\r\none\r\n");
        sends("no header end", 0, "no header end\r\n");
        sends("\r\nbody", 0, "\r\n");
    }

    private static void sends(String body, long lines, String expected) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        for (int size = 1; size <= octets.length + 1; size++) {
            var out = new ByteArrayOutputStream();
            var download = new Download(out::write, lines);
            for (int at = 0; at < octets.length; at += size) {
                int end = Math.min(octets.length, at + size);
                download.take(Arrays.copyOfRange(octets, at, end), end - at);
            }
            download.end();
            assertEquals(expected, out.toString(StandardCharsets.ISO_8859_1), "by " + size);
        }
    }
}
