package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HeaderCacheTest {

    /** An answer of the cache is that of the header, octet for octet. */
    @Property(tries = 2000)
    void neverAWrongAnswer(@ForAll("headers") String header, @ForAll("names") List<String> names) {
        byte[] octets = header.getBytes(ISO_8859_1);
        var cache = HeaderCache.of(octets);
        var stored =
                HeaderCache.of(
                        cache.octets(), cache.lacking(), cache.othersLow(), cache.othersHigh());
        assertEquals(cache, stored);
        var wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(names);
        byte[] right = RawFields.choose(octets, wanted::contains);
        stored.choose(names).ifPresent(answer -> assertArrayEquals(right, answer));
        assertTrue(cache.octets().length <= HeaderCache.MOST_OCTETS);
    }

    @Provide
    static Arbitrary<String> headers() {
        return Arbitraries.of(
                        "From: a@x\r\n",
                        "SUBJECT : s\r\n",
                        "Subject: folded\r\n more\r\n",
                        " \r\n",
                        "To: b@y\n",
                        "To: c@z\r\n\tand d\r\n",
                        "Received: r\r\n",
                        "X-Foo: y\r\n",
                        "no colon\r\n",
                        "References:\r\n <a>\r\n",
                        ": empty\r\n",
                        "Date: d\r",
                        "\r\n",
                        "Cc: " + "c@z, ".repeat(900) + "\r\n",
                        "\rCc: x\r\n",
                        "From")
                .list()
                .ofMaxSize(12)
                .map(lines -> String.join("", lines));
    }

    @Provide
    static Arbitrary<List<String>> names() {
        return Arbitraries.of(
                        "from",
                        "SUBJECT",
                        "To",
                        "Cc",
                        "received",
                        "X-Foo",
                        "References",
                        "Date",
                        "X-Absent",
                        "",
                        "no colon",
                        "Newsgroups")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Test
    void answersWhatClientsAsk() {
        var cache = of("Received: x~From: a~Subject: s~ t~To: b~X-Spam: no~~");
        var thunderbird =
                List.of(
                        "From",
                        "To",
                        "Cc",
                        "Bcc",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "Priority",
                        "X-Priority",
                        "References",
                        "Newsgroups",
                        "In-Reply-To",
                        "Content-Type",
                        "Reply-To");
        assertEquals("From: a~Subject: s~ t~To: b~~", show(cache.choose(thunderbird)));
        // Fields that the header does not have are known to be absent, whatever they are.
        assertEquals("From: a~~", show(cache.choose(List.of("from", "X-K9mail-Identity"))));
        assertEquals("-", show(cache.choose(List.of("From", "Received"))));
    }

    @Test
    void aFieldThatDoesNotFitIsNotHere() {
        var cache = of("From: a~To: " + "b, ".repeat(2000) + "~Subject: s~~");
        assertEquals("-", show(cache.choose(List.of("From", "To"))));
        assertEquals("From: a~Subject: s~~", show(cache.choose(List.of("Subject", "From", "Cc"))));
        assertEquals("-", show(HeaderCache.UNKNOWN.choose(List.of("X-Absent"))));
        assertEquals(
                "-", show(of("From: a~X: " + "x".repeat(70_000) + "~~").choose(List.of("From"))));
    }

    private static HeaderCache of(String header) {
        return HeaderCache.of(header.replace("~", "\r\n").getBytes(ISO_8859_1));
    }

    private static String show(Optional<byte[]> answer) {
        return answer.map(a -> new String(a, ISO_8859_1).replace("\r\n", "~")).orElse("-");
    }
}
