package dev.sobre.bench;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.mime.MimeEntity;
import dev.sobre.mail.mime.MimeParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a message's octets to its envelope, structure and part offsets, as at delivery. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow" // JMH itself asks for it
        })
public class MimeScan {

    /** What the message is like. */
    public enum Kind {
        /** Text, HTML and attachments in base64. */
        ATTACHMENTS,
        /** One address line without an end (LESSONS 5). */
        ADDRESSES,
        /** Parameters of RFC 2231 in thousands of pieces (LESSONS 5). */
        PARAMETERS,
        /** Multiparts inside of each other (LESSONS 4). */
        NESTED
    }

    @Param public Kind kind = Kind.ATTACHMENTS;

    @Param({"1000000", "10000000"})
    public int octets = 1_000_000;

    private byte[] message = {};

    /** Octets read, so that the rate has a unit that says something. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Scanned {
        public double megabytes;
    }

    @Setup
    public void prepare() {
        message = message(kind, octets);
    }

    @Benchmark
    public MimeEntity scan(Scanned scanned) throws IOException {
        scanned.megabytes += message.length / 1e6;
        return MimeParser.parse(BlobReader.of(message));
    }

    static byte[] message(Kind kind, int octets) {
        var text = new StringBuilder(octets + 10_000);
        text.append("From: ann@example.org\r\nSubject: scan\r\n");
        switch (kind) {
            case ATTACHMENTS -> attachments(text, octets);
            case ADDRESSES -> {
                text.append("To: ");
                for (int i = 0; text.length() < octets; i++) {
                    text.append("\"A, B\" <a").append(i).append("@example.org>,\r\n ");
                }
                text.append("b@example.org\r\n\r\ntext\r\n");
            }
            case PARAMETERS -> {
                text.append("Content-Type: text/plain");
                for (int i = 0; text.length() < octets; i++) {
                    text.append(";\r\n name*").append(i).append("*=utf-8''%C3%A4");
                }
                text.append("\r\n\r\ntext\r\n");
            }
            case NESTED -> {
                for (int i = 0; text.length() < octets; i++) {
                    text.append("Content-Type: multipart/mixed; boundary=b").append(i);
                    text.append("\r\n\r\n--b").append(i).append("\r\n");
                }
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void attachments(StringBuilder text, int octets) {
        var random = new Random(1);
        byte[] data = new byte[200_000];
        text.append("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n");
        text.append("--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n");
        text.append("--inner\r\nContent-Type: text/plain\r\n\r\nHello.\r\n");
        text.append("--inner\r\nContent-Type: text/html\r\n\r\n<p>Hello.</p>\r\n--inner--\r\n");
        while (text.length() < octets) {
            random.nextBytes(data);
            text.append("--outer\r\nContent-Type: application/pdf\r\n");
            text.append("Content-Transfer-Encoding: base64\r\n");
            text.append("Content-Disposition: attachment; filename=a.pdf\r\n\r\n");
            text.append(Base64.getMimeEncoder().encodeToString(data)).append("\r\n");
        }
        text.append("--outer--\r\n");
    }
}
